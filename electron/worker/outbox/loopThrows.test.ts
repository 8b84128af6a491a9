import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import { anIdentity } from '#tests/builders/commands.ts'
import { createMemoryOutboxStore } from '#tests/builders/memoryOutboxStore.ts'
import { createModelPlatform } from '#tests/builders/modelPlatform.ts'
import { createBackground } from '../core/background.ts'
import { openOutbox } from './pump.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a state of the link that cannot be written, as on a full disk, ends no process: it is told, and tried again', async () => {
  const store = createMemoryOutboxStore()
  let full = true
  const lines: string[] = []
  const clock = { now: () => new Date(), monotonic: () => Date.now() }
  const background = createBackground({ clock, log: (line) => lines.push(line) })
  const platform = createModelPlatform()
  const unreachable = Promise.resolve(err(faultOf('platform.unreachable')))
  const outbox = openOutbox({
    store: {
      ...store,
      saveLink: (state) => {
        if (full) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
        store.saveLink(state)
      },
    },
    transport: { ...platform, ask: (...question) => (full ? unreachable : platform.ask(...question)) },
    identity: anIdentity(),
    clock,
    random: () => 0.5,
    onChange: () => undefined,
    background,
  })
  outbox.wake()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(background.failing()).toMatchObject([{ task: 'sync' }])
  expect(lines[0]).toMatch(/^background sync: Error SQLITE_FULL/)
  full = false
  await vi.advanceTimersByTimeAsync(60_000)
  expect(background.failing()).toEqual([])
  expect(outbox.status().link).toBe('online')
  await Promise.all([background.close(), outbox.close()])
})
