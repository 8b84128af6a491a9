import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { restartDelayMs } from '../supervise.ts'
import { createReloads, mostReloads } from './reloads.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const crashing = () => {
  const reload = vi.fn()
  const giveUp = vi.fn()
  return { reload, giveUp, reloads: createReloads({ now: () => Date.now(), delayMs: restartDelayMs, reload, giveUp }) }
}

test('a page that crashes at every load is loaded later each time, then left with a sentence', () => {
  const { reloads, reload, giveUp } = crashing()
  for (let crash = 1; crash <= mostReloads; crash += 1) {
    reloads.crashed()
    vi.advanceTimersByTime(restartDelayMs(crash) - 1)
    expect(reload).toHaveBeenCalledTimes(crash - 1)
    vi.advanceTimersByTime(1)
    expect(reload).toHaveBeenCalledTimes(crash)
  }
  expect(giveUp).not.toHaveBeenCalled()
  reloads.crashed()
  vi.runAllTimers()
  expect(giveUp).toHaveBeenCalledTimes(1)
  expect(reload).toHaveBeenCalledTimes(mostReloads)
})

test('a page that worked for a while is a first crash again', () => {
  const { reloads, reload, giveUp } = crashing()
  for (let crash = 0; crash < 3 * mostReloads; crash += 1) {
    vi.advanceTimersByTime(60_000)
    reloads.crashed()
    vi.advanceTimersByTime(restartDelayMs(1))
  }
  expect(reload).toHaveBeenCalledTimes(3 * mostReloads)
  expect(giveUp).not.toHaveBeenCalled()
})
