import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CounterId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { journalHead } from './rows/journalRows.ts'
import { openNextSeries } from '../store/quarantine.ts'
import { openRollbackGuard, type RollbackGuard } from './rollbackGuard.ts'
import { createJournal } from './journal.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})

const clock = { now: () => new Date('2026-11-21T09:00:00Z'), monotonic: () => 0 }
const files = ['register.db', 'register.db-wal'] as const
const path = (name: string): string => join(folder.path, name)

/** Opens the register as at a start, writes some acts, each with its mark, and closes it. */
function work(acts: number): RollbackGuard {
  const store = openTestStore(folder.path)
  const opened = openRollbackGuard(folder.path, testKey, store.db)
  if (opened.lost === undefined) {
    const journal = createJournal(clock, 'RAB03-G2' as CounterId, store.db)
    for (let act = 0; act < acts; act += 1) {
      opened.raise(
        valueOf(
          store.tx((db) =>
            ok(journal.append(db, { actor: 'x', kind: 'attachment.added', subject: String(act), body: {} })),
          ),
        ),
      )
    }
    expect(journalHead(store.db)?.seq).toBeGreaterThanOrEqual(acts)
  }
  store.close()
  return opened
}

test('a register that only grew is accepted at every start', () => {
  for (const acts of [1, 0, 3, 2]) expect(work(acts).lost).toBeUndefined()
})

test('an old copy of the register is refused', () => {
  work(2)
  for (const file of files) if (existsSync(path(file))) cpSync(path(file), path(`${file}.old`))
  work(3)
  for (const file of files) {
    rmSync(path(file), { force: true })
    if (existsSync(path(`${file}.old`))) cpSync(path(`${file}.old`), path(file))
  }
  expect(work(0).lost).toMatchObject({ seq: 5 })
})

test('a torn mark, or one from another register, counts for nothing; the other one still holds', () => {
  work(3)
  writeFileSync(path('high-water.a'), '{"seq":3,"ha')
  expect(work(0).lost).toBeUndefined()
  writeFileSync(path('high-water.a'), JSON.stringify({ seq: 900, hash: 'a'.repeat(64), mac: 'b'.repeat(64) }))
  expect(work(1).lost).toBeUndefined()
  rmSync(path('register.db'))
  rmSync(path('register.db-wal'), { force: true })
  expect(work(0).lost).toBeDefined()
})

test('whatever lay in the place of the marks, also something longer, what is written over it is heard', () => {
  work(1)
  for (const mark of ['high-water.a', 'high-water.b']) writeFileSync(path(mark), 'x'.repeat(5_000))
  work(2)
  rmSync(path('register.db'))
  rmSync(path('register.db-wal'), { force: true })
  expect(work(0).lost).toMatchObject({ seq: 3 })
})

test('an old copy from before a series was opened hears which one it was', () => {
  work(2)
  for (const file of files) if (existsSync(path(file))) cpSync(path(file), path(`${file}.old`))
  const store = openTestStore(folder.path)
  valueOf(store.tx((db) => ok(openNextSeries(db))))
  store.close()
  work(1)
  for (const file of files) {
    rmSync(path(file), { force: true })
    if (existsSync(path(`${file}.old`))) cpSync(path(`${file}.old`), path(file))
  }
  expect(work(0).lost).toMatchObject({ seq: 3, series: 2 })
})
