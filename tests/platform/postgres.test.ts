import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { startPostgres } from './postgres.ts'

test('a real PostgreSQL starts, keeps what was committed, and starts again on the same folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-pg-test-'))
  try {
    const first = await startPostgres({ folder })
    const writer = new pg.Client({ connectionString: first.url })
    await writer.connect()
    await writer.query('CREATE TABLE act (seq bigint PRIMARY KEY)')
    await writer.query('INSERT INTO act VALUES (1)')
    await writer.end()
    await first.stop()

    const second = await startPostgres({ folder })
    const reader = new pg.Client({ connectionString: second.url })
    await reader.connect()
    expect((await reader.query('SELECT seq FROM act')).rows).toEqual([{ seq: '1' }])
    await reader.end()
    await second.stop()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 60_000)

test('a number in an old lock that another process bears now ends nobody', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-pg-test-'))
  const other = spawn('sleep', ['60'])
  try {
    const first = await startPostgres({ folder })
    await first.stop()
    const [data] = readdirSync(folder).filter((name) => name.startsWith('data-'))
    // As a power cut leaves it: the server's number, its folder, and the other lines of such a lock.
    const lock = join(folder, data ?? '', 'postmaster.pid')
    writeFileSync(lock, `${String(other.pid)}\n${dirname(lock)}\n1764000000\n5432\n\n127.0.0.1\n0 0\nready   \n`)
    const second = await startPostgres({ folder })
    expect(other.exitCode).toBeNull()
    expect(other.signalCode).toBeNull()
    await second.stop()
  } finally {
    other.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}, 60_000)

test('a server whose starter is gone is asked to end, and the next one starts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-pg-test-'))
  try {
    const first = await startPostgres({ folder })
    const second = await startPostgres({ folder })
    await second.stop()
    await first.stop()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 60_000)
