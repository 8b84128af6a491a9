import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, testKey } from '#tests/builders/register.ts'
import { migrations } from './migrations/all.ts'
import { openStore } from './open.ts'
import { saveSetting } from './settings.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})

const file = (): string => join(folder.path, 'register.db')
const now = '2026-11-21T09:00:00.000Z'
const codeOf = (result: ReturnType<typeof openStore>): string => (result.ok ? 'opened' : result.fault.code)

test('every open is durable, encrypted and of the newest shape', () => {
  for (let time = 0; time < 3; time += 1) {
    const store = openTestStore(folder.path)
    expect(store.facts()).toMatchObject({ synchronous: 2, cipher: 'sqlcipher', shape: migrations.length })
    expect(store.db.get<{ journal_mode: string }>('PRAGMA journal_mode')?.journal_mode).toBe('wal')
    expect(store.db.get<{ foreign_keys: number }>('PRAGMA foreign_keys')?.foreign_keys).toBe(1)
    expect(store.db.get<{ secure_delete: number }>('PRAGMA secure_delete')?.secure_delete).toBe(1)
    // 2 is MEMORY: what a query spills to a file would lie there in clear.
    expect(store.db.get<{ temp_store: number }>('PRAGMA temp_store')?.temp_store).toBe(2)
    store.close()
  }
})

test('nothing in the file or its log is in clear, and only its owner may read it', () => {
  const store = openTestStore(folder.path)
  store.tx((db) => {
    saveSetting(db, 'secret', 'Zineb El Khattabi')
    return ok(undefined)
  })
  for (const name of ['register.db', 'register.db-wal']) {
    const bytes = readFileSync(join(folder.path, name))
    expect(bytes.includes('Zineb')).toBe(false)
    expect(bytes.includes('SQLite format 3')).toBe(false)
    expect(statSync(join(folder.path, name)).mode & 0o077).toBe(0)
  }
  store.close()
})

test('another key does not open it, and harms nothing', () => {
  openTestStore(folder.path).close()
  expect(codeOf(openStore({ file: file(), key: new Uint8Array(32).fill(1), now }))).toBe('register.corrupt')
  expect(codeOf(openStore({ file: file(), key: testKey, now }))).toBe('opened')
})

test('a second opener is refused while the first holds it', () => {
  const first = openTestStore(folder.path)
  expect(codeOf(openStore({ file: file(), key: testKey, now }))).toBe('register.inUse')
  first.close()
  expect(codeOf(openStore({ file: file(), key: testKey, now }))).toBe('opened')
})

test('a file of a newer program is refused', () => {
  const newer = {
    version: migrations.length + 1,
    name: 'later',
    sql: 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT',
  }
  const store = openTestStore(folder.path)
  store.close()
  expect(openWithSteps([newer])).toBe('opened')
  expect(codeOf(openStore({ file: file(), key: testKey, now }))).toBe('register.newer')
})

test('a damaged page is noticed', () => {
  const store = openTestStore(folder.path)
  store.tx((db) => {
    for (let index = 0; index < 200; index += 1) saveSetting(db, `key ${String(index)}`, 'x'.repeat(500))
    return ok(undefined)
  })
  store.checkpoint()
  store.close()
  const bytes = readFileSync(file())
  bytes[bytes.length - 2000] = (bytes[bytes.length - 2000] ?? 0) ^ 1
  writeFileSync(file(), bytes)
  const opened = openStore({ file: file(), key: testKey, now })
  const seen = opened.ok ? checked(opened.value) : [opened.fault.code]
  expect(seen).not.toEqual([])
})

test('an unreadable page that is met bars acts from then on', () => {
  const store = openTestStore(folder.path)
  store.tx((db) => {
    for (let index = 0; index < 2000; index += 1) saveSetting(db, `key ${String(index)}`, 'x'.repeat(500))
    return ok(undefined)
  })
  store.close()
  const bytes = readFileSync(file())
  const at = Math.floor(bytes.length * 0.6)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file(), bytes)
  const again = openTestStore(folder.path)
  expect(() => again.db.all('SELECT value FROM settings')).toThrow('malformed')
  expect(again.tx(() => ok(undefined))).toMatchObject({ ok: false, fault: { code: 'register.corrupt' } })
  again.close()
})

const checked = (store: ReturnType<typeof openTestStore>): readonly string[] => {
  try {
    return store.check()
  } catch (cause) {
    return [String(cause)]
  } finally {
    store.close()
  }
}

const openWithSteps = (more: readonly { version: number; name: string; sql: string }[]): string => {
  const opened = openStore({ file: file(), key: testKey, now, migrations: [...migrations, ...more] })
  if (opened.ok) opened.value.close()
  return codeOf(opened)
}
