import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchAway } from './away.ts'

class ScriptedPower extends EventEmitter {
  state = 'active'
  getSystemIdleState(): string {
    return this.state
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function watched() {
  const power = new ScriptedPower()
  const onAway = vi.fn()
  let sleptMs = 0
  watchAway(power, () => Date.now() + sleptMs, onAway)
  return {
    power,
    onAway,
    sleep: (ms: number) => {
      sleptMs += ms
    },
  }
}

test.each(['suspend', 'resume', 'lock-screen'])('%s: nobody is there', (event) => {
  const { power, onAway } = watched()
  power.emit(event)
  expect(onAway).toHaveBeenCalledTimes(1)
})

test('a sleep that nobody told of is seen by the wall clock', () => {
  const { onAway, sleep } = watched()
  vi.advanceTimersByTime(600_000)
  expect(onAway).not.toHaveBeenCalled()
  sleep(61_000)
  vi.advanceTimersByTime(5_000)
  expect(onAway).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(600_000)
  expect(onAway).toHaveBeenCalledTimes(1)
})

test('a clock that is set back is no sleep', () => {
  const { onAway, sleep } = watched()
  sleep(-3_600_000)
  vi.advanceTimersByTime(10_000)
  expect(onAway).not.toHaveBeenCalled()
})

test('a locked screen is told once for each time that it is locked', () => {
  const { power, onAway } = watched()
  for (const state of ['locked', 'locked', 'active', 'idle', 'locked']) {
    power.state = state
    vi.advanceTimersByTime(5_000)
  }
  expect(onAway).toHaveBeenCalledTimes(2)
})
