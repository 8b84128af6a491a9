import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acts } from '#shared/contract/acts.ts'
import { longestText } from '#shared/domain/papers/room.ts'
import { command } from '#shared/contract/platform.ts'
import type { CommandId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { anOffice, anOrder, issuingOver } from '#tests/builders/deposits.ts'
import { aSupervisor, testPassword, withPeople } from '#tests/builders/people.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { officeSetting } from '../../core/context.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { isClosed } from '../../core/rows/closings.ts'
import { journalLinks } from '../../journal/rows/journalRows.ts'
import { verifyJournal } from '../../journal/verify.ts'
import type { CounterKeyPair } from '../../keys/counterKey.ts'
import type { Store } from '../../store/open.ts'
import { saveSetting } from '../../store/settings.ts'
import { issueReceipt } from '../intake/issueReceipt.ts'
import { closeDay } from './closeDay.ts'
import { reopenDay } from './reopenDay.ts'

const today = '2026-11-21'
let folder: ReturnType<typeof temporaryFolder>
let store: Store
let issuing: Issuing
let key: CounterKeyPair
let now: Date
beforeEach(async () => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  now = new Date('2026-11-21T09:00:00Z')
  issuing = issuingOver(store, { now: () => now, monotonic: () => 0 })
  key = { ...issuing.signer, publicKey: {} as never } // only the private half signs
  await withPeople(store, {
    supervisor: ['CS-002', 'supervisor'],
    other: ['AG-015', 'agent'],
    clerk: ['BO-001', 'mailClerk'],
  })
})
afterEach(() => {
  store.close()
  folder.remove()
})

const close = (day = today, commandId = v7() as CommandId) =>
  closeDay(issuing.context, key, aSupervisor, { commandId, day })
const reopen = (login = 'other', commandId = v7() as CommandId, reason = 'dépôt tardif', day = today) =>
  reopenDay(issuing.context, aSupervisor, {
    commandId,
    day,
    reason,
    second: { login, password: testPassword },
  })
const sent = () =>
  store.db
    .all<{ envelope: string }>('SELECT envelope FROM envelopes ORDER BY seq')
    .map(({ envelope }) => command.parse(JSON.parse(envelope)))
const links = (kind: string): number =>
  store.db.get<{ n: number }>('SELECT count(*) AS n FROM journal WHERE kind = ?', [kind])?.n ?? -1

test('a day is closed once by one id: link, anchor, act and closing stand together', () => {
  valueOf(issueReceipt(issuing, anOrder()))
  const id = v7() as CommandId
  const first = valueOf(close(today, id))
  expect(first.closing).toMatchObject({ closingId: id, ordinal: 1, issued: 1 })
  expect(valueOf(close(today, id))).toEqual(first)
  expect([links('day.closed'), links('journal.anchored')]).toEqual([1, 1])
  const act = sent().at(-1)
  expect(act).toMatchObject({ id, type: acts.dayClosed.type })
  expect(acts.dayClosed.data.parse(act?.data)).toMatchObject({ closingId: id, hash: first.closing?.hash })
  expect(isClosed(store.db, today)).toBe(true)
  expect(verifyJournal(issuing.context.counter, journalLinks(store.db)).ok).toBe(true)
})

test('the id of a closing closes no other day, and a day that is closed is not closed again', () => {
  const id = v7() as CommandId
  valueOf(issueReceipt(issuing, anOrder()))
  valueOf(close(today, id))
  expect(close('2026-11-20', id)).toMatchObject({ fault: { code: 'command.reused' } })
  expect(close()).toMatchObject({ fault: { code: 'day.closed', values: { day: today } } })
  expect(issueReceipt(issuing, anOrder())).toMatchObject({ fault: { code: 'day.closed' } })
  expect(links('day.closed')).toBe(1)
})

test('days are closed in their order, and none before it begins', () => {
  valueOf(issueReceipt(issuing, anOrder()))
  now = new Date('2026-11-22T09:00:00Z')
  valueOf(issueReceipt(issuing, anOrder()))
  expect(close('2026-11-23')).toMatchObject({ fault: { code: 'day.unknown' } })
  expect(close('2026-11-22')).toMatchObject({ fault: { code: 'day.earlierOpen', values: { day: today } } })
  valueOf(close())
  expect(valueOf(close('2026-11-22')).totals).toMatchObject({ issued: 2, days: 2 })
})

test('a closing that cannot be written leaves no link and no act', () => {
  valueOf(issueReceipt(issuing, anOrder()))
  store.tx((db) => ({
    ok: true,
    value: db.run("CREATE TEMP TRIGGER fail BEFORE INSERT ON main.closings BEGIN SELECT RAISE(ABORT, 'injected'); END"),
  }))
  expect(() => close()).toThrow('injected')
  expect([links('day.closed'), sent().length]).toEqual([0, 1])
})

test('a text that the statement has no room for is refused before the act, and the day closes once it is shorter', () => {
  valueOf(issueReceipt(issuing, anOrder()))
  const named = (fr: string): void => {
    valueOf(
      store.tx((db) => {
        saveSetting(db, officeSetting, { ...anOffice, name: { ...anOffice.name, fr } })
        return ok(undefined)
      }),
    )
  }
  named('W'.repeat(longestText + 1))
  expect(close()).toMatchObject({ fault: { code: 'receipt.tooLong', values: { most: longestText } } })
  expect([links('day.closed'), sent().length, isClosed(store.db, today)]).toEqual([0, 1, false])
  expect(store.db.all(`SELECT id FROM papers WHERE kind = 'closing'`)).toEqual([])
  named('W'.repeat(longestText))
  valueOf(close())
})

test('two people open a closed day again; the act names both, and the next closing follows', async () => {
  valueOf(issueReceipt(issuing, anOrder()))
  valueOf(close())
  expect(await reopen('supervisor')).toMatchObject({ fault: { code: 'witness.samePerson' } })
  expect(await reopen('clerk')).toMatchObject({ fault: { code: 'witness.notAllowed' } })
  const id = v7() as CommandId
  valueOf(await reopen('other', id))
  expect(isClosed(store.db, today)).toBe(false)
  expect(acts.dayReopened.data.parse(sent().at(-1)?.data)).toMatchObject({ agent: 'CS-002', witness: 'AG-015' })
  valueOf(issueReceipt(issuing, anOrder()))
  expect(valueOf(close()).closing).toMatchObject({ ordinal: 2, issued: 2 })
  // The answer to the first reopening, not a second one.
  valueOf(await reopen('other', id))
  expect(isClosed(store.db, today)).toBe(true)
  expect(await reopen('other', id, 'autre raison')).toMatchObject({ fault: { code: 'command.reused' } })
  expect(links('day.reopened')).toBe(1)
})

test('only the newest closed day is opened, once', async () => {
  expect(await reopen()).toMatchObject({ fault: { code: 'day.notClosed' } })
  valueOf(issueReceipt(issuing, anOrder()))
  valueOf(close())
  now = new Date('2026-11-22T09:00:00Z')
  valueOf(issueReceipt(issuing, anOrder()))
  valueOf(close('2026-11-22'))
  expect(await reopen()).toMatchObject({ fault: { code: 'day.notClosed' } })
  valueOf(await reopen('other', undefined, undefined, '2026-11-22'))
  expect(await reopen('other', undefined, undefined, '2026-11-22')).toMatchObject({ fault: { code: 'day.notClosed' } })
})

test('who may not supervise closes no day while the clock stands back, and it is on the act of who may', () => {
  valueOf(issueReceipt(issuing, anOrder()))
  now = new Date(now.getTime() - 3 * 3_600_000)
  const { who } = anOrder()
  expect(closeDay(issuing.context, key, who, { commandId: v7() as CommandId, day: today })).toMatchObject({
    fault: { code: 'clock.behind' },
  })
  valueOf(close())
  expect(sent().at(-1)?.data['clockBackMs']).toBe(3 * 3_600_000)
})
