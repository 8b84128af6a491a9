import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
