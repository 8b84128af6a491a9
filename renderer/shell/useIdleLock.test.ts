import { createPinia, setActivePinia } from 'pinia'
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent } from 'vue'
import { useSession } from '../core/stores/session.ts'
import { useIdleLock } from './useIdleLock.ts'

const call = vi.fn(() => Promise.resolve({ ok: true, value: {} }))
vi.mock('../core/bridge/index.ts', () => ({ useBridge: () => ({ call }) }))

let now = 0
/** The wall clock beside the other one: a sleep of the machine, or a clock that is set. */
let wall = 0
beforeEach(() => {
  vi.useFakeTimers()
  now = 0
  wall = 0
  call.mockClear()
  setActivePinia(createPinia())
  useSession().session = {
    login: 'agent',
    name: 'Salma',
    roles: ['agent'],
    language: 'fr',
    since: '2026-11-21T09:00:00.000Z',
    idleMinutes: 10,
  }
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (minutes: number): void => {
  now += minutes * 60_000
  vi.advanceTimersByTime(5_000)
}

const aWindow = () =>
  mount(
    defineComponent({
      setup: () => {
        useIdleLock(() => [now, now + wall])
      },
      template: '<p />',
    }),
  )

test('a window that nobody touches asks to be locked; a touch starts the time anew', () => {
  const wrapper = aWindow()
  pass(9)
  dispatchEvent(new Event('keydown'))
  pass(9)
  expect(call).not.toHaveBeenCalled()
  pass(2)
  expect(call).toHaveBeenCalledExactlyOnceWith('session.lock', {})
  wrapper.unmount()
  pass(20)
  expect(call).toHaveBeenCalledTimes(1)
})

test('the time in which the machine slept counts, and a clock that is set back takes none away', () => {
  const wrapper = aWindow()
  pass(4)
  wall = 6 * 60_000
  pass(0)
  expect(call).toHaveBeenCalledTimes(1)
  wall = -60 * 60_000
  pass(11)
  expect(call).toHaveBeenCalledTimes(2)
  wrapper.unmount()
})
