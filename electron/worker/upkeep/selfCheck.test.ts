import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { createBackground, type Background } from '../core/background.ts'
import type { Store } from '../store/open.ts'
import { saveSetting } from '../store/settings.ts'
import { checkedAt, startSelfCheck } from './selfCheck.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let now = new Date('2026-11-21T09:00:00Z')
const clock = { now: () => now, monotonic: () => 0 }
let background: Background
const start = (over: Partial<Store> = {}) =>
  startSelfCheck({ ...store, ...over }, folder.path, clock, background, { first: 0, between: 0 })
/** The check reads the file at its own pace, and rests between tables at that of the timers. */
const finished = async (): Promise<void> => {
  for (let idle = 0; idle < 300;) {
    await vi.advanceTimersByTimeAsync(10)
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    const held = store.hold()
    if (held.ok) held.value.release()
    idle = held.ok ? idle + 1 : 0
  }
}
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  background = createBackground({ clock, log: () => undefined })
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  now = new Date('2026-11-21T09:00:00Z')
})
afterEach(async () => {
  await background.close()
  vi.useRealTimers()
  store.close()
  folder.remove()
})

test('checks every table when it never did, after an unclean stop and once a day, and not otherwise', async () => {
  const checked: string[] = []
  const counting = {
    check: (table?: string) => {
      checked.push(table ?? '')
      return store.check(table)
    },
  }
  const run = async (clean: boolean): Promise<number> => {
    checked.length = 0
    const check = start(counting)
    await finished()
    if (clean) await check.close()
    return checked.length
  }
  expect(await run(true)).toBe(store.tables().length)
  expect(checkedAt(store.db)).toBe('2026-11-21T09:00:00.000Z')
  expect(existsSync(join(folder.path, 'running'))).toBe(false)
  expect(await run(false)).toBe(0)
  expect(await run(true)).toBeGreaterThan(5)
  now = new Date('2026-11-22T10:00:00Z')
  expect(await run(true)).toBeGreaterThan(5)
})

test('damage bars acts at once and is not taken for a check', async () => {
  start({ check: (table) => (table === 'requests' ? ['row 3 missing from index requests_day'] : []) })
  await finished()
  expect(store.readOnlyReason()).toMatchObject({
    code: 'register.corrupt',
    detail: 'requests: row 3 missing from index requests_day',
  })
  expect(checkedAt(store.db)).toBeUndefined()
})

test('a check that throws is tried again, and said until then', async () => {
  let broken = true
  start({
    tables: () => {
      if (broken) throw new Error('a table that cannot be named')
      return store.tables()
    },
  })
  await vi.advanceTimersByTimeAsync(0)
  await vi.waitFor(() => {
    expect(background.failing()).not.toEqual([])
  })
  expect(background.failing()).toMatchObject([{ task: 'check', failures: 1 }])
  broken = false
  await vi.advanceTimersByTimeAsync(60_000)
  await finished()
  expect(background.failing()).toEqual([])
  expect(checkedAt(store.db)).toBeDefined()
})

test('a damaged page bars acts, and a table of many rows is walked over in steps', async () => {
  valueOf(
    store.tx((db) => {
      for (let n = 0; n < 12_000; n += 1) saveSetting(db, `key ${String(n)}`, 'x')
      return ok(undefined)
    }),
  )
  const steps: string[] = []
  const asked: string[] = []
  start({
    stepOver: (table, after, rows) => {
      steps.push(table)
      return store.stepOver(table, after, rows)
    },
    check: (table = '') => {
      asked.push(table)
      return store.check(table)
    },
  })
  await finished()
  expect(checkedAt(store.db)).toBeDefined()
  expect(steps).toEqual(Array.from({ length: 8 }, () => 'settings').slice(0, steps.length))
  expect(steps.length).toBeGreaterThan(5)
  expect(asked).not.toContain('settings')

  store.close()
  const file = join(folder.path, 'register.db')
  const bytes = readFileSync(file)
  const at = Math.floor(bytes.length / 8192) * 4096 + 100
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
  store = openTestStore(folder.path)
  now = new Date('2026-11-23T10:00:00Z')
  start()
  await finished()
  expect(store.readOnlyReason()).toMatchObject({ code: 'register.corrupt' })
})
