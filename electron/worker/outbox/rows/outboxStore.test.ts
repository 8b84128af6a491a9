import { afterEach, beforeEach, expect, test } from 'vitest'
import { sha256Hex, type CounterId } from '#shared/ids.ts'
import { faultOf } from '#shared/fault.ts'
import { limits } from '#shared/domain/limits.ts'
import { ok } from '#shared/result.ts'
import { aSheet, anOrder, issuingOver } from '#tests/builders/deposits.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { createJournal } from '../../journal/journal.ts'
import type { OutboxStore } from '../ports.ts'
import { issueReceipt } from '../../features/intake/issueReceipt.ts'
import { findAccount } from '../../core/rows/accounts.ts'
import type { Store } from '../../store/open.ts'
import { createOutboxStore } from './outboxStore.ts'
import { outboxItems } from './outboxRows.ts'
import { readLimits } from '../../store/settings.ts'
import { offeredProcedure } from '../../core/rows/procedures.ts'
import { applyReadOnly } from '../../store/quarantine.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let outbox: OutboxStore
const now = new Date('2026-11-21T10:00:00.000Z')

beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  const issuing = issuingOver(store)
  for (let act = 0; act < 6; act += 1) valueOf(issueReceipt(issuing, anOrder()))
  outbox = createOutboxStore(
    store,
    createJournal({ now: () => now, monotonic: () => 0 }, 'RAB03-G2' as CounterId, store.db),
  )
})
afterEach(() => {
  store.close()
  folder.remove()
})

const seqs = (limit: Parameters<OutboxStore['batch']>[0]): readonly number[] =>
  outbox.batch(limit).map((item) => item.seq)
const answer = (
  seq: number,
  state: 'applied' | 'rejected' | 'conflict' = 'applied',
): Parameters<OutboxStore['record']>[0][number] => ({
  seq,
  id: outbox.batch({ commands: 1, bytes: 1, from: seq })[0]?.id ?? '',
  state,
  receivedAt: now.toISOString(),
  answer: state,
})
const states = (): Record<number, string> =>
  Object.fromEntries(outboxItems(store.db, 100).map((item) => [item.seq, item.state]))

test('a batch begins at the first act without an answer and is bounded in number and size, but never empty', () => {
  expect(seqs({ commands: 500, bytes: 1_000_000 })).toEqual([1, 2, 3, 4, 5, 6])
  expect(seqs({ commands: 2, bytes: 1_000_000 })).toEqual([1, 2])
  expect(seqs({ commands: 500, bytes: 1 })).toEqual([1])
  outbox.record([answer(1), answer(2)], now)
  expect(seqs({ commands: 500, bytes: 1_000_000 })).toEqual([3, 4, 5, 6])
  expect(seqs({ commands: 2, bytes: 1_000_000, from: 1 })).toEqual([1, 2])
  expect(seqs({ commands: 2, bytes: 1_000_000, from: 7 })).toEqual([])
})

test('acts without an answer wait again, with the reason; answered ones stay answered', () => {
  outbox.record([answer(2)], now)
  outbox.take({ commands: 3, bytes: 1_000_000, from: 1 }, now)
  expect(states()).toMatchObject({ 1: 'sending', 2: 'applied', 3: 'sending', 4: 'pending' })
  outbox.release(faultOf('platform.timeout'))
  expect(states()).toMatchObject({ 1: 'pending', 2: 'applied', 3: 'pending' })
  expect(outboxItems(store.db, 100).find((item) => item.seq === 1)).toMatchObject({
    attempts: 1,
    fault: { code: 'platform.timeout' },
  })
  expect(outbox.counts()).toMatchObject({ pending: 5, refused: 0 })
  const faultAt = (seq: number): unknown => outboxItems(store.db, 100).find((item) => item.seq === seq)?.fault
  outbox.take({ commands: 1, bytes: 1_000_000, from: 1 }, now)
  outbox.release()
  expect(faultAt(1)).toBeDefined()
  // It was not theirs: it is told of another.
  outbox.take({ commands: 1, bytes: 1_000_000, from: 1 }, now)
  outbox.release('cleared')
  expect([faultAt(1), faultAt(3)]).toEqual([undefined, expect.objectContaining({ code: 'platform.timeout' })])
})

test('a refused act stays in sight and in the journal, and nothing can be dropped or rewritten', () => {
  outbox.record([answer(1, 'rejected'), answer(2, 'conflict')], now)
  expect(outbox.counts()).toMatchObject({ pending: 4, refused: 2 })
  expect(store.db.all('SELECT kind FROM journal ORDER BY seq DESC LIMIT 2')).toEqual([
    { kind: 'outbox.conflict' },
    { kind: 'outbox.rejected' },
  ])
  expect(() =>
    store.tx((db) => {
      db.run('DELETE FROM outbox')
      throw new Error('not reached')
    }),
  ).toThrow('nothing is dropped')
  expect(() =>
    store.tx((db) => {
      db.run(`UPDATE envelopes SET envelope = '{}'`)
      throw new Error('not reached')
    }),
  ).toThrow('never changes')
})

test('an answer for another act of the same number changes nothing', () => {
  outbox.record([{ ...answer(1), id: '00000000-0000-7000-8000-000000000000' }], now)
  expect(states()[1]).toBe('pending')
})

test('a page of the feed, its parked rows and its cursor are kept together', () => {
  const account = {
    login: 'neuf',
    name: 'N. Neuf',
    code: 'AG-099',
    roles: ['agent' as const],
    language: 'fr' as const,
    verifier: '$argon2id$x',
    validUntil: '2030-01-01T00:00:00Z',
  }
  outbox.applyChanges({
    changes: [
      { kind: 'procedure', key: 'SPECIMEN', deleted: false, body: aSheet({ version: '2026.10' }) },
      { kind: 'procedure', key: 'SPECIMEN', deleted: false, body: aSheet({ version: '2026.9' }) },
      { kind: 'account', key: 'neuf', deleted: false, body: account },
    ],
    parked: ['{"kind":"holiday"}'],
    cursor: 'c1',
  })
  expect(offeredProcedure(store.db, 'SPECIMEN')?.version).toBe('2026.10')
  expect(findAccount(store.db, 'neuf')).toMatchObject(account)
  expect(outbox.link().cursor).toBe('c1')
  expect(store.db.all('SELECT body FROM parked_changes')).toEqual([{ body: '{"kind":"holiday"}' }])
  outbox.applyChanges({
    changes: [
      { kind: 'procedure', key: 'SPECIMEN', deleted: true },
      { kind: 'account', key: 'neuf', deleted: true },
    ],
    parked: [],
    cursor: 'c2',
  })
  expect(offeredProcedure(store.db, 'SPECIMEN')).toBeUndefined()
  expect(findAccount(store.db, 'neuf')).toBeUndefined()
})

test('the memory of the link survives', () => {
  expect(outbox.link()).toEqual({ link: 'unknown' })
  outbox.saveLink({ link: 'online', since: now.toISOString(), enrolledAt: now.toISOString() })
  expect(outbox.link()).toEqual({ link: 'online', since: now.toISOString(), enrolledAt: now.toISOString() })
})

test('acts that the platform holds and we lost keep their places; acts are refused from then on, also after a restart', () => {
  const held = outbox.highestSeq()
  const records = [held + 1, held + 2].map((seq) => ({
    id: `00000000-0000-7000-8000-00000000000${String(seq)}`,
    seq,
    sha256: sha256Hex.parse('a'.repeat(64)),
    status: 'applied' as const,
    receivedAt: '2026-11-21T09:00:00.000Z',
  }))
  outbox.keepLost(records, now)
  expect(outbox.highestSeq()).toBe(held + 2)
  const refused = { ok: false, fault: { code: 'register.quarantined', values: { lost: 2 } } }
  expect(store.tx(() => ok(undefined))).toMatchObject(refused)
  store.endReadOnly('register.quarantined', 'journal.contradicted', 'device.revoked')
  applyReadOnly(store)
  expect(store.tx(() => ok(undefined))).toMatchObject(refused)
})

test('limits come by the feed; what they do not say keeps its default', () => {
  outbox.applyChanges({
    changes: [{ kind: 'setting', key: 'limits', deleted: false, body: limits.parse({ aloneDays: 3 }) }],
    parked: [],
    cursor: '1',
  })
  expect(readLimits(store.db)).toMatchObject({ aloneDays: 3, idleMinutes: 10 })
  outbox.applyChanges({ changes: [{ kind: 'setting', key: 'limits', deleted: true }], parked: [], cursor: '2' })
  expect(readLimits(store.db).aloneDays).toBe(7)
})
