import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Json } from '#shared/domain/canonical.ts'
import { parseHlc } from '#shared/domain/clock/hlc.ts'
import type { CounterId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { journalHead, journalLinks, journalTail, type JournalRow } from './rows/journalRows.ts'
import type { Store } from '../store/open.ts'
import { createJournal, type Journal } from './journal.ts'
import { linkHash } from './link.ts'
import { verifyJournal, verifyTail } from './verify.ts'

const counter = 'RAB03-G2' as CounterId
let folder: ReturnType<typeof temporaryFolder>
let store: Store
let time: { wall: number; monotonic: number }
let journal: Journal
const clock = { now: () => new Date(time.wall), monotonic: () => time.monotonic }

const write = (subject: string): JournalRow | undefined => {
  store.tx((db) =>
    ok(journal.append(db, { actor: 'AG-014', kind: 'attachment.added', subject, body: { n: 1, arabic: 'شهادة' } })),
  )
  return journalHead(store.db)
}
const pass = (ms: number): void => {
  time = { wall: time.wall + ms, monotonic: time.monotonic + ms }
}

beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  time = { wall: Date.parse('2026-11-21T09:00:00Z'), monotonic: 1000 }
  journal = createJournal(clock, counter, store.db)
})
afterEach(() => {
  store.close()
  folder.remove()
})

const links = (): JournalRow[] => [...journalLinks(store.db)]
const brokenAt = (rows: readonly JournalRow[]): unknown => {
  const verified = verifyJournal(counter, rows)
  return verified.ok ? undefined : verified.fault.values?.['seq']
}

test('a chain holds, and its tail too', () => {
  for (let index = 0; index < 30; index += 1) {
    pass(7)
    write(`act ${String(index)}`)
  }
  expect(verifyJournal(counter, links())).toEqual(ok({ links: 30, head: journalHead(store.db)?.hash }))
  expect(verifyTail(counter, journalTail(store.db, 5)).ok).toBe(true)
  expect(verifyTail(counter, journalTail(store.db, 500)).ok).toBe(true)
  expect(verifyJournal('RAB03-G3' as CounterId, links()).ok).toBe(false)
})

test('any change, loss or exchange is found at the first link it touches', () => {
  for (let index = 0; index < 20; index += 1) {
    pass(3)
    write(`act ${String(index)}`)
  }
  const whole = links()
  const at = fc.integer({ min: 0, max: 18 })
  const text = fc.constantFrom('at', 'hlc', 'actor', 'kind', 'subject', 'hash', 'prev' as const)
  fc.assert(
    fc.property(at, text, (index, member) => {
      const changed = whole.map((row, place) =>
        place === index ? { ...row, [member]: `${row[member as 'at']}0` } : row,
      )
      expect(brokenAt(changed)).toBe(index + 1)
    }),
  )
  fc.assert(
    fc.property(at, (index) => {
      expect(brokenAt(whole.filter((_, place) => place !== index))).toBe(index + 1)
      const swapped = [...whole]
      ;[swapped[index], swapped[index + 1]] = [whole[index + 1] as JournalRow, whole[index] as JournalRow]
      expect(brokenAt(swapped)).toBe(index + 1)
      expect(brokenAt(whole.map((row, place) => (place === index ? { ...row, body: '{"n":2}' } : row)))).toBe(index + 1)
      expect(brokenAt(whole.map((row, place) => (place === index ? { ...row, body: 'no json' } : row)))).toBe(index + 1)
    }),
  )
})

test('a link written anew, with a hash that fits it, is found at the link after it', () => {
  for (let index = 0; index < 6; index += 1) {
    pass(3)
    write(`act ${String(index)}`)
  }
  const anew = (row: JournalRow): JournalRow => {
    const { hash: _, body, ...rest } = { ...row, actor: 'AG-999' }
    return { ...rest, body, hash: linkHash({ counter, ...rest, body: JSON.parse(body) as Json }) }
  }
  expect(brokenAt(links().map((row) => (row.seq === 3 ? anew(row) : row)))).toBe(4)
})

test('the file itself refuses to change or lose a link', () => {
  write('act')
  expect(() => store.tx((db) => ok(db.run(`UPDATE journal SET kind = 'other'`)))).toThrow('the journal only grows')
  expect(() => store.tx((db) => ok(db.run('DELETE FROM journal')))).toThrow('the journal only grows')
})

test('a clock that was set back marks the acts and never goes back in the chain', () => {
  pass(60_000)
  write('before')
  time = { wall: time.wall - 3_600_000, monotonic: time.monotonic + 1000 }
  const row = write('after')
  expect(JSON.parse(row?.body ?? '{}')).toMatchObject({ clockBackMs: 3_601_000 })
  const hlcs = links().map((link) => parseHlc(link.hlc)?.wall ?? 0)
  expect(hlcs).toEqual([...hlcs].sort((one, other) => one - other))
})

test('a clock set back between two starts is noticed too', () => {
  pass(60_000)
  write('before')
  // The newest act is what the clock is measured by: a link that is none holds nobody up.
  const act = (seq: number): void => {
    valueOf(
      store.upkeep((db) => {
        db.run(`INSERT INTO outbox (seq, id, type, sha256, created_at) VALUES (?, ?, 'a', ?, ?)`, [
          seq,
          String(seq),
          'a'.repeat(64),
          clock.now().toISOString(),
        ])
        return ok(undefined)
      }),
    )
  }
  act(1)
  time = { wall: time.wall - 86_400_000, monotonic: 0 }
  journal = createJournal(clock, counter, store.db)
  expect(JSON.parse(write('after')?.body ?? '{}')).toMatchObject({ clockBackMs: 86_400_000 })
  expect(verifyJournal(counter, links()).ok).toBe(true)
})

test('a sound clock, a machine that slept and a small correction mark nothing', () => {
  write('start')
  time = { wall: time.wall + 3_600_000, monotonic: time.monotonic + 5 }
  write('after sleep')
  time = { wall: time.wall - 500, monotonic: time.monotonic + 5 }
  expect(links().every((link) => !link.body.includes('clockBackMs')) && write('after correction')?.body).not.toContain(
    'clockBackMs',
  )
})
