import { createPinia, setActivePinia } from 'pinia'
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent } from 'vue'
import { useSession } from '../core/stores/session.ts'
import { useIdleLock } from './useIdleLock.ts'

const call = vi.fn(() => Promise.resolve({ ok: true, value: {} }))
vi.mock('../core/bridge/index.ts', () => ({ useBridge: () => ({ call }) }))

let now = 0
beforeEach(() => {
  vi.useFakeTimers()
  now = 0
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

test('a window that nobody touches asks to be locked; a touch starts the time anew', () => {
  const wrapper = mount(
    defineComponent({
      setup: () => {
        useIdleLock(() => now)
      },
      template: '<p />',
    }),
  )
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
