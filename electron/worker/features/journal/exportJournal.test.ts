import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CounterId } from '#shared/ids.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { createJournal } from '../../journal/journal.ts'
import { makeCounterKey, readCounterKey } from '../../keys/counterKey.ts'
import type { ReadHandle } from '../../store/handle.ts'
import { journalHead } from '../../journal/rows/journalRows.ts'
import type { Store } from '../../store/open.ts'
import { anchorJournal } from '../../journal/anchorJournal.ts'
import type { Context } from '../../core/context.ts'
import { exportJournal, journalPieces } from './exportJournal.ts'
import { writeOut } from '../../files/writeOut.ts'

const counter = 'RAB03-G2' as CounterId
const at = '2026-11-21T10:00:00.000Z'
const clock = { now: () => new Date(at), monotonic: () => 0 }
let folder: ReturnType<typeof temporaryFolder>
let out: string
let store: Store
let context: Context
beforeEach(() => {
  folder = temporaryFolder()
  out = join(folder.path, 'out')
  mkdirSync(out)
  store = openTestStore(folder.path)
  context = { store, journal: createJournal(clock, counter, store.db), clock, counter, newId: () => '' }
  valueOf(store.tx((db) => ok(makeCounterKey(db, counter, at))))
})
afterEach(() => {
  store.close()
  folder.remove()
})
const acts = (count: number): void => {
  valueOf(
    store.tx((db) => {
      for (let act = 0; act < count; act += 1)
        context.journal.append(db, { actor: 'x', kind: 'attachment.added', subject: String(act), body: { act } })
      return ok(undefined)
    }),
  )
}
const signal = new AbortController().signal
const linesOf = (file: string): Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
const order = (over: Partial<Parameters<typeof exportJournal>[1]> = {}): Parameters<typeof exportJournal>[1] => ({
  actor: 'AU-1',
  chooseFile: (name) => Promise.resolve(join(out, name)),
  onJournalProgress: () => undefined,
  signal,
  ...over,
})

test('the export holds every link, and what is needed to check it; that it was made is the next link', async () => {
  acts(5)
  anchorJournal(context, readCounterKey(store.db, counter), 1)
  const head = journalHead(store.db)?.hash
  expect(await exportJournal(context, order())).toEqual(ok({ name: 'journal-RAB03-G2-6.jsonl', links: 6, head }))
  const lines = linesOf(join(out, 'journal-RAB03-G2-6.jsonl'))
  expect(lines).toHaveLength(7)
  expect(lines[0]).toMatchObject({ format: 'guichet-journal-1', counter, links: 6, head })
  expect(lines.at(-1)).toMatchObject({ seq: 6, kind: 'journal.anchored' })
  expect(journalHead(store.db)).toMatchObject({ seq: 7, kind: 'journal.exported', actor: 'AU-1' })
  expect(statSync(join(out, 'journal-RAB03-G2-6.jsonl')).mode & 0o777).toBe(0o600)
})

test('of a long journal one page is held: each is in the file before the next is read', async () => {
  acts(2_600)
  const file = join(out, 'long.jsonl')
  let made = 0
  let reads = 0
  const counting: ReadHandle = {
    ...store.db,
    all: (sql, params) => {
      if (sql.includes('WHERE seq >= ?')) {
        reads += 1
        expect(statSync(`${file}.part`).size).toBe(made)
      }
      return store.db.all(sql, params)
    },
  }
  const pieces = journalPieces(counting, counter, at)
  const counted = {
    next: () => {
      const piece = pieces.next()
      if (piece.done !== true) made += piece.value.byteLength
      return piece
    },
  }
  valueOf(await writeOut(file, counted, signal))
  expect(reads).toBe(6)
  expect(linesOf(file)).toHaveLength(2_601)
})

test('other acts go on meanwhile, and the file ends where it said it would', async () => {
  acts(1_200)
  const seen: number[] = []
  const exported = valueOf(
    await exportJournal(
      context,
      order({
        onJournalProgress: ({ done, total }) => {
          seen.push(done)
          expect(total).toBe(1_200)
          acts(1)
        },
      }),
    ),
  )
  expect(seen).toEqual([500, 1_000, 1_200])
  expect(exported.links).toBe(1_200)
  expect(linesOf(join(out, exported.name)).at(-1)).toMatchObject({ seq: 1_200, hash: exported.head })
})

test('cancelled, left in the dialog, or broken: no file, no link that says otherwise, and what was there before stays', async () => {
  acts(1_200)
  const name = 'journal-RAB03-G2-1200.jsonl'
  writeFileSync(join(out, name), 'before')
  const stop = new AbortController()
  expect(
    await exportJournal(
      context,
      order({
        signal: stop.signal,
        onJournalProgress: () => {
          stop.abort()
        },
      }),
    ),
  ).toEqual(err(faultOf('call.cancelled')))
  expect(await exportJournal(context, order({ chooseFile: () => Promise.resolve(undefined) }))).toEqual(
    err(faultOf('call.cancelled')),
  )
  expect(
    await exportJournal(context, order({ chooseFile: () => Promise.resolve(join(out, 'nowhere', name)) })),
  ).toEqual(err(faultOf('file.unwritable', 'ENOENT')))
  expect(journalHead(store.db)?.seq).toBe(1_200)
  const tampered: ReadHandle = {
    ...store.db,
    all: <Row>(sql: string, params?: Parameters<ReadHandle['all']>[1]) =>
      store.db
        .all<Row & { seq?: number }>(sql, params)
        .map((row) => (row.seq === 700 ? { ...row, body: '{"act":0}' } : row)),
  }
  expect(await writeOut(join(out, name), journalPieces(tampered, counter, at), signal)).toMatchObject({
    fault: { code: 'journal.broken', values: { seq: 700 } },
  })
  expect([readdirSync(out), readFileSync(join(out, name), 'utf8')]).toEqual([[name], 'before'])
})

/** Only root may mount a disk of its own. */
test.skipIf(process.getuid?.() !== 0)('a full stick: said so, and nothing half written is left', async () => {
  acts(1_200)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', out])
  try {
    expect(await exportJournal(context, order())).toEqual(err(faultOf('file.noRoom', 'ENOSPC')))
    expect(readdirSync(out)).toEqual([])
    expect(existsSync(join(out, 'journal-RAB03-G2-1200.jsonl.part'))).toBe(false)
  } finally {
    execFileSync('umount', [out])
  }
})
