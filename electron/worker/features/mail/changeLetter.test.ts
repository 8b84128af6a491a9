import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, RegisterNumber } from '#shared/ids.ts'
import { err, ok } from '#shared/result.ts'
import { anOffice, issuingOver } from '#tests/builders/deposits.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { officeSetting } from '../../core/context.ts'
import { readFacts } from '../../papers/rows/papers.ts'
import type { PaperId } from '#shared/ids.ts'
import type { Store } from '../../store/open.ts'
import { saveSetting } from '../../store/settings.ts'
import { cancelLetter, routeLetter, takeBackLetter } from './changeLetter.ts'
import { closeMail } from './closeMail.ts'
import { handOver, receiveBack } from './handOver.ts'
import { mailOverviewOf } from './overview.ts'
import { registerLetter } from './registerLetter.ts'
import { listSlips } from './rows/events.ts'
import { showLetter } from './seeLetter.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let issuing: Issuing
let now: string
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  now = '2026-11-21T09:00:00Z'
  issuing = issuingOver(store, { now: () => new Date(now), monotonic: () => 0 })
})
afterEach(() => {
  store.close()
  folder.remove()
})
const clerk = aPerson()
const id = () => v7() as CommandId
const entered = (over?: Parameters<typeof aLetterOf>[0]): RegisterNumber =>
  valueOf(registerLetter(issuing.context, clerk, aLetterOf(over))).letter.number
const shown = (number: RegisterNumber) => valueOf(showLetter(issuing.context, clerk, number))
const close = (period: string) => closeMail(issuing, clerk, { commandId: id(), period })

test('a line is cancelled in sight, once, and nothing more is done with it', () => {
  const number = entered()
  const order = { commandId: id(), number, reason: 'doublon' }
  expect(valueOf(cancelLetter(issuing.context, clerk, order))).toMatchObject({ state: 'cancelled' })
  expect(valueOf(cancelLetter(issuing.context, clerk, order)).state).toBe('cancelled')
  const cancelled = err(faultOf('letter.cancelled'))
  expect(cancelLetter(issuing.context, clerk, { ...order, commandId: id() })).toEqual(cancelled)
  expect(routeLetter(issuing.context, clerk, { commandId: id(), number, routing: { to: 'URB', copies: [] } })).toEqual(
    cancelled,
  )
  expect(handOver(issuing, clerk, { commandId: id(), numbers: [number], service: 'URB' })).toMatchObject({
    fault: { code: 'letter.cancelled' },
  })
  expect(entered({ subject: 'suivante' })).toBe('2026/RAB03-G2/A-000002')
})

test('a letter is routed, again, and every routing stays in sight', () => {
  const number = entered()
  const route = (to: string, by?: string) =>
    valueOf(
      routeLetter(issuing.context, clerk, {
        commandId: id(),
        number,
        routing: { to, copies: ['SG'], ...(by === undefined ? {} : { by }) },
      }),
    )
  expect(route('URB', '2026-12-01')).toMatchObject({ state: 'routed', service: 'URB', by: '2026-12-01' })
  const after = route('TECH')
  expect(after).toMatchObject({ service: 'TECH', events: [{}, { about: 'URB' }, { about: 'TECH' }] })
  expect(after.by).toBeUndefined()
})

test('the chain of custody: by a slip to a service, countersigned, to another one, and back', () => {
  const [one, two] = [entered(), entered({ subject: 'deux', confidentiality: 'secret' })]
  const slip = valueOf(handOver(issuing, clerk, { commandId: id(), numbers: [one, two, one], service: 'URB' }))
  expect(slip).toMatchObject({ rank: 1, letters: [one, two] })
  expect(shown(one)).toMatchObject({ state: 'handedOver', holder: { service: 'URB' } })
  const { facts } = valueOf(readFacts(store.db, 'mailSlip', slip.slipId as PaperId))
  // A paper that lies about names the confidential letter by its number alone.
  expect(facts.lines).toMatchObject([{ subject: 'Demande d’avis sur un lotissement' }, { party: '', subject: '' }])
  expect(store.db.all('SELECT paper_id FROM print_jobs')).toHaveLength(1)
  expect(handOver(issuing, clerk, { commandId: id(), numbers: [one], service: 'URB' })).toMatchObject({
    fault: { code: 'letter.alreadyThere' },
  })
  const back = { commandId: id(), slipId: slip.slipId, by: 'M. Specimen' }
  expect(valueOf(receiveBack(issuing.context, clerk, back)).received?.by).toBe('M. Specimen')
  expect(valueOf(receiveBack(issuing.context, clerk, back)).received?.by).toBe('M. Specimen')
  expect(receiveBack(issuing.context, clerk, { ...back, commandId: id() })).toEqual(err(faultOf('slip.received')))
  expect(listSlips(store.db, { open: true, level: 3, limit: 9 })).toEqual([])
  now = '2026-11-21T10:00:00Z'
  valueOf(handOver(issuing, clerk, { commandId: id(), numbers: [one], service: 'JUR' }))
  now = '2026-11-21T11:00:00Z'
  expect(valueOf(takeBackLetter(issuing.context, clerk, { commandId: id(), number: one }))).toMatchObject({
    state: 'routed',
    events: [
      { what: 'registered' },
      { what: 'handedOver', about: 'URB' },
      { what: 'received', agent: 'M. Specimen' },
      { what: 'handedOver', about: 'JUR' },
      { what: 'returned' },
    ],
  })
  expect(takeBackLetter(issuing.context, clerk, { commandId: id(), number: one })).toEqual(
    err(faultOf('letter.notAway')),
  )
})

test('a closed day takes no line, and what changes later is in the register of its own day', () => {
  const [first, second] = [entered(), entered({ subject: 'deux' })]
  valueOf(cancelLetter(issuing.context, clerk, { commandId: id(), number: second, reason: 'erreur de registre' }))
  const closing = valueOf(close('2026-11-21'))
  expect(closing).toMatchObject({ first, last: second, count: 2, cancelled: 1 })
  const closed = err(faultOf('letter.dayClosed', undefined, { day: '2026-11-21' }))
  expect(registerLetter(issuing.context, clerk, aLetterOf())).toEqual(closed)
  expect(close('2026-11-21')).toEqual(closed)
  expect(cancelLetter(issuing.context, clerk, { commandId: id(), number: first, reason: 'trop tard' })).toEqual(closed)
  expect(shown(first).closed).toBe(true)
  now = '2026-11-23T09:00:00Z'
  expect(registerLetter(issuing.context, clerk, aLetterOf())).toEqual(closed)
  valueOf(cancelLetter(issuing.context, clerk, { commandId: id(), number: first, reason: 'renvoyé' }))
  const next = valueOf(close('2026-11-23'))
  const { facts } = valueOf(readFacts(store.db, 'mailRegister', next.closingId as PaperId))
  expect(facts).toMatchObject({
    lines: [],
    changes: [{ number: first, what: 'cancelled', text: 'renvoyé' }],
    previous: closing.hash,
  })
})

test('a year lists its days, and after it nothing of it changes', () => {
  now = '2026-12-31T09:00:00Z'
  const number = entered({ receivedOn: '2026-12-31' })
  valueOf(close('2026-12-31'))
  expect(close('2027')).toEqual(err(faultOf('day.unknown')))
  now = '2027-01-01T09:00:00Z'
  const year = valueOf(close('2026'))
  expect(year).toMatchObject({ count: 1, first: number, last: number })
  const { facts } = valueOf(readFacts(store.db, 'mailRegister', year.closingId as PaperId))
  expect(facts).toMatchObject({ lines: [], days: [{ day: '2026-12-31', count: 1 }] })
  const closed = { fault: { code: 'letter.dayClosed' } }
  expect(cancelLetter(issuing.context, clerk, { commandId: id(), number, reason: 'trop tard' })).toMatchObject(closed)
  expect(registerLetter(issuing.context, clerk, aLetterOf({ receivedOn: '2026-12-30' }))).toMatchObject(closed)
  expect(entered({ receivedOn: '2027-01-01' })).toBe('2027/RAB03-G2/A-000001')
})

test('the morning of a day: whoever closes it sees all of it, and an agent no number of what he may not see', () => {
  entered()
  entered({ subject: 'deux', confidentiality: 'secret' })
  const registers = (role: Parameters<typeof aPerson>[0]): number | undefined =>
    mailOverviewOf(issuing.context, aPerson(role), '2026-11-21').registers[0]?.count
  expect(registers('mailClerk')).toBe(2)
  expect(registers('agent')).toBe(1)
  expect(mailOverviewOf(issuing.context, clerk, '2026-11-20').registers[0]?.count).toBe(0)
})

test('an office whose name no page holds hands nothing over and closes no register: nothing is written', () => {
  const number = entered()
  const called = (fr: string): void => {
    valueOf(
      store.tx((db) => {
        saveSetting(db, officeSetting, { ...anOffice, name: { ...anOffice.name, fr } })
        return ok(undefined)
      }),
    )
  }
  const over = () => handOver(issuing, clerk, { commandId: id(), numbers: [number], service: 'URB' })
  called('W'.repeat(501))
  const tooLong = { fault: { code: 'receipt.tooLong' } }
  expect([over(), close('2026-11-21')]).toMatchObject([tooLong, tooLong])
  expect(listSlips(store.db, { open: false, level: 3, limit: 9 })).toEqual([])
  called('W'.repeat(500))
  valueOf(over())
  valueOf(close('2026-11-21'))
})
