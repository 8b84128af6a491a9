import { afterEach, beforeEach, expect, test } from 'vitest'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder } from '#tests/builders/register.ts'
import type { Store } from './open.ts'
import { saveSetting } from './settings.ts'
import { takeRank } from '../acts/rows/series.ts'
import { aCounter } from '#tests/builders/commands.ts'

const counter = aCounter()

let folder: ReturnType<typeof temporaryFolder>
let store: Store
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
})
afterEach(() => {
  store.close()
  folder.remove()
})

const settings = (): number => store.db.get<{ n: number }>('SELECT count(*) AS n FROM settings')?.n ?? -1

test('a fault leaves nothing behind', () => {
  const done = store.tx((db) => {
    saveSetting(db, 'a', 1)
    return err(faultOf('request.invalid'))
  })
  expect(done.ok).toBe(false)
  expect(settings()).toBe(0)
})

test('an exception leaves nothing behind and is not swallowed', () => {
  expect(() =>
    store.tx((db) => {
      saveSetting(db, 'a', 1)
      throw new Error('a mistake')
    }),
  ).toThrow('a mistake')
  expect(settings()).toBe(0)
  expect(
    store.tx((db) => {
      saveSetting(db, 'b', 1)
      return ok(1)
    }),
  ).toEqual(ok(1))
})

test('a full disk is a fault, nothing is half written, and the register goes on when there is room', () => {
  const pages = store.db.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0
  store.db.get(`PRAGMA max_page_count = ${String(pages + 2)}`)
  const full = store.tx((db) => {
    takeRank(db, counter, 'requests', 2026)
    saveSetting(db, 'large', 'x'.repeat(100_000))
    return ok(undefined)
  })
  expect(full).toEqual(err(faultOf('register.diskFull', 'SQLITE_FULL')))
  expect(settings()).toBe(0)
  store.db.get('PRAGMA max_page_count = 1000000')
  expect(store.tx((db) => ok(takeRank(db, counter, 'requests', 2026)))).toEqual(ok(1))
  expect(store.check()).toEqual([])
})

test('numbers follow each other, and a number of an act that failed is given again', () => {
  const given = [true, false, true, false, false, true].map((succeeds) =>
    store.tx((db) => {
      const number = takeRank(db, counter, 'requests', 2026)
      return succeeds ? ok(number) : err(faultOf('internal'))
    }),
  )
  expect(given.flatMap((result) => (result.ok ? [result.value] : []))).toEqual([1, 2, 3])
  expect(store.tx((db) => ok(takeRank(db, counter, 'requests', 2027)))).toEqual(ok(1))
})

test.each([
  [
    `INSERT INTO series (counter, register, year, last) VALUES ('RAB03-G2', 'requests', 'soon', 1)`,
    'STRICT: cannot store TEXT',
  ],
  [`INSERT INTO settings (key, value) VALUES ('a', 'no json')`, 'json_valid'],
  [`INSERT INTO series (register, year, last) VALUES ('requests', 2026, -1)`, 'last >= 0'],
  [`INSERT INTO identities (request_id, kept, source, read_at) VALUES ('nobody', '{}', '{}', 'now')`, 'FOREIGN KEY'],
])('the shape refuses %s', (sql, why) => {
  expect(() => store.tx((db) => ok(db.run(sql)))).toThrow(
    why.startsWith('STRICT') ? 'cannot store TEXT' : 'constraint failed',
  )
})
