import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestStore, temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { registerOfShape } from '#tests/builders/shapes.ts'
import { ok } from '#shared/result.ts'
import { lookAtStore } from './look.ts'
import { migrations } from './migrations/all.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})

const now = '2026-11-21T09:00:00.000Z'
const look = (path = folder.path) => lookAtStore({ file: join(path, 'register.db'), key: testKey, now })

/** Every file with its bytes and the time it was last written. */
const stateOf = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const facts = statSync(join(path, name))
      const bytes = facts.isFile()
        ? createHash('sha256')
            .update(readFileSync(join(path, name)))
            .digest('hex')
        : ''
      return `${name} ${bytes} ${String(facts.mode)} ${facts.isFile() ? String(facts.mtimeMs) : ''}`
    })

test.each(migrations.map((_, index) => index + 1))('a register of shape %i is read, and stays as it is', (shape) => {
  registerOfShape(folder.path, shape).close()
  const before = stateOf(folder.path)
  const found = valueOf(look())
  expect(found.shape).toEqual({ file: shape, program: migrations.length })
  expect(found.store.check()).toEqual([])
  expect(found.store.facts().shape).toBe(migrations.length)
  expect(found.store.db.get('SELECT min(seq) AS first FROM journal')).toEqual({ first: 1 })
  found.close()
  expect(stateOf(folder.path)).toEqual(before)
})

test('a register of 0.1.0 is read, and stays as it is', () => {
  cpSync(join(import.meta.dirname, '../../../tests/fixtures/register-0.1.0'), folder.path, { recursive: true })
  const before = stateOf(folder.path)
  const found = valueOf(look())
  expect(found.shape.file).toBeLessThan(migrations.length)
  expect(found.store.check()).toEqual([])
  found.close()
  expect(stateOf(folder.path)).toEqual(before)
})

test('a log that a killed program left is read, and stays where it is', () => {
  const killed = join(folder.path, 'killed')
  const running = join(folder.path, 'running')
  mkdirSync(running)
  const store = openTestStore(running)
  valueOf(store.tx((db) => ok(db.run(`INSERT INTO settings VALUES ('left', '"in the log"')`))))
  cpSync(running, killed, { recursive: true })
  store.close()
  expect(statSync(join(killed, 'register.db-wal')).size).toBeGreaterThan(0)
  const before = stateOf(killed)
  const found = valueOf(look(killed))
  expect(found.store.db.get(`SELECT value FROM settings WHERE key = 'left'`)).toEqual({ value: '"in the log"' })
  found.close()
  expect(stateOf(killed)).toEqual(before)
})

test('a register that a program holds is in use, with a log beside it and without', async () => {
  const store = openTestStore(folder.path)
  store.close()
  const script = `
    const { openStore } = await import(${JSON.stringify(join(import.meta.dirname, 'open.ts'))})
    const opened = openStore({ file: ${JSON.stringify(join(folder.path, 'register.db'))}, key: new Uint8Array(32).fill(0x5a), now: ${JSON.stringify(now)} })
    console.log('held')
    process.stdin.once('data', () => {
      opened.value.upkeep((db) => { db.run("INSERT INTO settings VALUES ('k', '1')"); return { ok: true, value: undefined } })
      console.log('written')
    })`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  try {
    await once(holder.stdout, 'data')
    expect(look()).toMatchObject({ ok: false, fault: { code: 'register.inUse' } })
    holder.stdin.write('go')
    await once(holder.stdout, 'data')
    expect(statSync(join(folder.path, 'register.db-wal')).size).toBeGreaterThan(0)
    expect(look()).toMatchObject({ ok: false, fault: { code: 'register.inUse' } })
  } finally {
    holder.kill('SIGKILL')
    await once(holder, 'exit')
  }
})

test('a newer register is said to be one', () => {
  const next = { version: migrations.length + 1, name: 'next', sql: 'CREATE TABLE later (x INTEGER) STRICT' }
  openTestStore(folder.path, { migrations: [...migrations, next] }).close()
  expect(look()).toMatchObject({ ok: false, fault: { code: 'register.newer' } })
})
