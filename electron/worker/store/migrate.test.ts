import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, testKey } from '#tests/builders/register.ts'
import { migrationHash, type Migration } from './migrate.ts'
import { migrations } from './migrations/all.ts'
import { openStore } from './open.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})

const first: Migration = {
  version: 1,
  name: 'first',
  sql: 'CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT',
}
const second: Migration = {
  version: 2,
  name: 'second',
  sql: `ALTER TABLE people ADD COLUMN town TEXT NOT NULL DEFAULT 'Rabat'`,
}
const broken: Migration = {
  version: 3,
  name: 'broken',
  sql: `INSERT INTO people (name) VALUES ('half'); CREATE TABLE nonsense (`,
}

const open = (steps: readonly Migration[]): ReturnType<typeof openStore> =>
  openStore({
    file: join(folder.path, 'register.db'),
    key: testKey,
    now: '2026-11-21T09:00:00.000Z',
    migrations: steps,
  })

test('the released steps are numbered without a gap', () => {
  expect(migrations.map((step) => step.version)).toEqual(migrations.map((_, index) => index + 1))
})

test('a step finds the rows of the shape before it', () => {
  const store = openTestStore(folder.path, { migrations: [first] })
  store.tx((db) => ok(db.run(`INSERT INTO people (name) VALUES ('Zineb'), ('Omar')`)))
  store.close()
  const later = openTestStore(folder.path, { migrations: [first, second] })
  expect(later.db.all('SELECT name, town FROM people ORDER BY id')).toEqual([
    { name: 'Zineb', town: 'Rabat' },
    { name: 'Omar', town: 'Rabat' },
  ])
  expect(later.db.all('SELECT version, name, sha256 FROM migrations')).toEqual(
    [first, second].map((step) => ({
      version: step.version,
      name: step.name,
      sha256: migrationHash(step),
    })),
  )
  later.close()
})

test('a step that fails leaves the shape before it, whole', () => {
  openTestStore(folder.path, { migrations: [first, second] }).close()
  expect(() => open([first, second, broken])).toThrow('incomplete input')
  const store = openTestStore(folder.path, { migrations: [first, second] })
  expect(store.facts().shape).toBe(2)
  expect(store.db.all('SELECT * FROM people')).toEqual([])
  store.close()
})

test('a past step with another text is refused', () => {
  openTestStore(folder.path, { migrations: [first] }).close()
  const opened = open([{ ...first, sql: `${first.sql} ` }, second])
  expect(opened).toMatchObject({ ok: false, fault: { code: 'register.corrupt' } })
})

test('a newer file is refused and stays as it is', () => {
  openTestStore(folder.path, { migrations: [first, second] }).close()
  expect(open([first])).toMatchObject({ ok: false, fault: { code: 'register.newer' } })
  openTestStore(folder.path, { migrations: [first, second] }).close()
})
