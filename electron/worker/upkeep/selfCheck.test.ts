import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestStore, temporaryFolder } from '#tests/builders/register.ts'
import type { Store } from '../store/open.ts'
import { checkedAt, startSelfCheck } from './selfCheck.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let now = new Date('2026-11-21T09:00:00Z')
const clock = { now: () => now, monotonic: () => 0 }
const start = (over: Partial<Store> = {}) =>
  startSelfCheck({ ...store, ...over }, folder.path, clock, { first: 0, between: 0 })
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  now = new Date('2026-11-21T09:00:00Z')
})
afterEach(() => {
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
    await check.done
    if (clean) check.close()
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
  await start({ check: (table) => (table === 'requests' ? ['row 3 missing from index requests_day'] : []) }).done
  expect(store.barred()).toMatchObject({
    code: 'register.corrupt',
    detail: 'requests: row 3 missing from index requests_day',
  })
  expect(checkedAt(store.db)).toBeUndefined()
})
