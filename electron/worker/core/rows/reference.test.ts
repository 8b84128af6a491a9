import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Change } from '#shared/contract/platform.ts'
import { appointment } from '#shared/domain/hall/appointment.ts'
import { mailDisposition } from '#shared/domain/mail/mailDisposition.ts'
import { calendar } from '#shared/domain/clock/calendar.ts'
import type { CounterId } from '#shared/ids.ts'
import { aCitizen, aDraft, aSheet, anOrder, issuingOver } from '#tests/builders/deposits.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { createJournal } from '../../journal/journal.ts'
import { buildDeposit } from '../deposit/buildDeposit.ts'
import { readLink } from '../../outbox/rows/link.ts'
import type { Store } from '../../store/open.ts'
import { createOutboxStore, reprocessParkedChanges } from '../../outbox/rows/outboxStore.ts'
import { appointmentsBetween, countReference, recentDispositions } from './reference.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
const now = new Date('2026-11-21T10:00:00.000Z')

beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
})
afterEach(() => {
  store.close()
  folder.remove()
})

const take = (changes: readonly Change[], parked: readonly string[] = [], cursor = 'c'): void => {
  createOutboxStore(
    store,
    createJournal({ now: () => now, monotonic: () => 0 }, 'RAB03-G2' as CounterId, store.db),
  ).applyChanges({ changes, parked, cursor })
}
const gone = (kind: Change['kind'], key: string): Change => ({ kind, key, deleted: true }) as Change
const anAppointment = appointment.parse({
  id: '01a20000-0000-7000-8000-000000000001',
  office: 'RAB03',
  from: '2026-11-23T09:00:00Z',
  to: '2026-11-23T09:15:00Z',
  citizen: { name: 'SPÉCIMEN Leïla' },
  state: 'booked',
})
const aDisposition = mailDisposition.parse({
  id: '01a20000-0000-7000-8000-000000000002',
  office: 'RAB03',
  number: '2026/BO/000017',
  to: 'urbanisme',
  instruction: 'pour suite',
  by: 'CD-001',
  at: '2026-11-20T15:00:00Z',
})

test('a calendar of the feed moves the last day of the next receipt, and its tombstone moves it back', () => {
  const { context } = issuingOver(store)
  take([
    {
      kind: 'procedure',
      key: 'SPECIMEN',
      deleted: false,
      body: aSheet({ version: '2026.2', delay: { days: 3, unit: 'working' } }),
    },
  ])
  const { who } = anOrder()
  // Saturday 21 November: Monday, Tuesday, Wednesday.
  const lastDay = (): string | undefined =>
    valueOf(
      buildDeposit(
        context,
        { citizen: aCitizen(), draft: aDraft({ procedureVersion: '2026.2' }), who, training: false },
        now.toISOString(),
      ),
    ).decision?.lastDay
  expect(lastDay()).toBe('2026-11-25')
  const granted = calendar.parse({
    year: 2026,
    title: { fr: 'e', ar: 'e' },
    source: 's',
    days: [{ date: '2026-11-24', label: { fr: 'jour exceptionnel', ar: 'يوم' }, status: 'exceptional', source: 's' }],
  })
  take([{ kind: 'calendar', key: 'ma-2026-exceptional', deleted: false, body: granted }])
  expect(lastDay()).toBe('2026-11-26')
  take([gone('calendar', 'ma-2026-exceptional')])
  expect(lastDay()).toBe('2026-11-25')
})

test('appointments and dispositions are kept as they are now, and end with their tombstones', () => {
  take([
    { kind: 'appointment', key: anAppointment.id, deleted: false, body: anAppointment },
    { kind: 'mail-disposition', key: aDisposition.id, deleted: false, body: aDisposition },
  ])
  take([
    {
      kind: 'appointment',
      key: anAppointment.id,
      deleted: false,
      body: { ...anAppointment, from: '2026-11-23T10:00:00Z' },
    },
  ])
  expect(appointmentsBetween(store.db, '2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z', 10)).toEqual([
    { ...anAppointment, from: '2026-11-23T10:00:00Z' },
  ])
  expect(appointmentsBetween(store.db, '2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z', 10)).toEqual([])
  expect(recentDispositions(store.db, 10)).toEqual([aDisposition])
  expect(countReference(store.db)).toMatchObject({ appointments: 1, dispositions: 1, parked: 0 })
  take([
    gone('appointment', anAppointment.id),
    gone('mail-disposition', aDisposition.id),
    gone('mail-disposition', 'never heard of'),
  ])
  expect(countReference(store.db)).toMatchObject({ appointments: 0, dispositions: 0 })
})

test('what an older version parked is asked for again from the beginning, once, by a newer one', () => {
  valueOf(reprocessParkedChanges(store, '0.1.0'))
  take([], ['{"kind":"ticket"}'], 'far')
  valueOf(reprocessParkedChanges(store, '0.1.0'))
  expect([readLink(store.db).cursor, countReference(store.db).parked]).toEqual(['far', 1])
  valueOf(reprocessParkedChanges(store, '0.2.0'))
  expect([readLink(store.db).cursor, countReference(store.db).parked]).toEqual([undefined, 0])
  take([], [], 'end')
  valueOf(reprocessParkedChanges(store, '0.2.0'))
  valueOf(reprocessParkedChanges(store, '0.3.0'))
  expect(readLink(store.db).cursor).toBe('end')
})
