import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { requestComplemented } from '#shared/contract/features/complement/acts.ts'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import { command } from '#shared/contract/platform.ts'
import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import { faultOf } from '#shared/fault.ts'
import { sha256Hex, type CommandId, type RegisterNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { aDraft, anOrder, aSheet, issuingOver } from '#tests/builders/deposits.ts'
import { aSupervisor, testPassword, withPeople } from '#tests/builders/people.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { draftOfAct } from '../../acts/rows/repairs.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { accessKind } from '../../core/recordAccess.ts'
import { saveProcedure } from '../../core/rows/procedures.ts'
import { depositsDue, depositsOfDay, findDepositByNumber } from '../../core/rows/requests.ts'
import { keepAttachment } from '../../files/rows/attachments.ts'
import { countOfKind, journalLinks } from '../../journal/rows/journalRows.ts'
import { verifyJournal } from '../../journal/verify.ts'
import { countOutbox } from '../../outbox/rows/outboxRows.ts'
import { readFacts } from '../../papers/rows/papers.ts'
import { heldOfRequests, wipeItem } from '../../retention/rows/wiping.ts'
import type { Store } from '../../store/open.ts'
import { correctRequest } from '../corrections/correctRequest.ts'
import { decideTogether } from '../corrections/decideTogether.ts'
import { listCorrections } from '../corrections/viewCorrection.ts'
import { closeDay } from '../closing/closeDay.ts'
import { issueReceipt } from '../intake/issueReceipt.ts'
import { showOwing } from './findOwing.ts'
import { issueComplement, type ComplementOrder } from './issueComplement.ts'

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

const incomplete = aDraft({ pieces: [{ code: 'demande', state: 'received', attachments: [] }] })
const deposited = (draft = incomplete): { id: CommandId; deposit: DepositView } => {
  const order = anOrder({ draft })
  return { id: order.commandId, deposit: valueOf(issueReceipt(issuing, order)) }
}
const order = (number: RegisterNumber, ...codes: string[]): ComplementOrder => ({
  commandId: v7() as CommandId,
  who: anOrder().who,
  number,
  pieces: codes.map((code) => ({ code, attachments: [] })),
})
const complete = (number: RegisterNumber, ...codes: string[]): Result<DepositView> =>
  issueComplement(issuing, order(number, ...codes))
const factsOf = ({ receiptId }: DepositView): ReceiptFacts => valueOf(readFacts(store.db, 'receipt', receiptId)).facts
const answer = (id: string, state: 'applied' | 'rejected'): void => {
  valueOf(
    store.tx((db) =>
      ok(db.run(`UPDATE outbox SET state = ?, answered_at = '2026-12-01T00:00:00.000Z' WHERE id = ?`, [state, id])),
    ),
  )
}
/** Somebody else, later. */
const asking = { agent: 'CS-002', day: '2026-12-02' }
const sent = (id: string) =>
  command.parse(
    JSON.parse(
      store.db.get<{ envelope: string }>('SELECT envelope FROM outbox JOIN envelopes USING (seq) WHERE id = ?', [id])
        ?.envelope ?? '{}',
    ),
  )

test('what was missing comes: one act under the number, its receipt and its print, and the clock runs from this day', () => {
  const { id, deposit } = deposited()
  expect(deposit).toMatchObject({ complete: false, lastDay: '2026-12-21', missing: [{ fr: 'Plan', ar: 'تصميم' }] })
  now = '2026-12-01T09:00:00Z'
  const made = order(deposit.number, 'plan')
  const after = valueOf(issueComplement(issuing, made))
  expect(after).toMatchObject({ number: deposit.number, complete: true, lastDay: '2026-12-16', complemented: true })
  expect(after.missing).toBeUndefined()
  expect(after.receiptId).not.toBe(deposit.receiptId)
  expect(factsOf(after)).toMatchObject({
    complement: { completes: { receiptId: deposit.receiptId, issuedAt: deposit.depositedAt } },
    decision: { days: 15, lastDay: '2026-12-16' },
    pieces: [{ state: 'received' }, { state: 'received', added: true }, { state: 'notApplicable' }],
  })
  const act = sent(made.commandId)
  expect(act).toMatchObject({ type: 'ma.guichet.request.complemented.v1', seq: 2 })
  expect(requestComplemented.parse(act.data)).toMatchObject({
    act: { seq: 1, id },
    pieces: [{ code: 'plan' }],
    complete: true,
    lastDay: '2026-12-16',
    receiptId: after.receiptId,
  })
  expect(store.db.all('SELECT rank, replaces FROM papers ORDER BY rank')).toEqual([
    { rank: 0, replaces: null },
    { rank: 1, replaces: deposit.receiptId },
  ])
  expect(store.db.all('SELECT paper_id FROM print_jobs WHERE copy = 0')).toHaveLength(2)
  expect(verifyJournal(issuing.context.counter, journalLinks(store.db)).ok).toBe(true)
  // The day of the deposit and the days to come show the file as it stands.
  expect(depositsOfDay(store.db, '2026-11-21')).toEqual([after])
  expect(depositsDue(store.db, '2026-12-10', '2026-12-20', 9)).toEqual([after])
  expect(depositsDue(store.db, '2026-12-21', '2026-12-21', 9)).toEqual([])
})

test('the same id is one complement; other pieces under it are refused', () => {
  const { deposit } = deposited()
  const made = order(deposit.number, 'plan')
  const first = issueComplement(issuing, made)
  expect(issueComplement(issuing, made)).toEqual(first)
  expect(issueComplement(issuing, { ...made, pieces: [{ code: 'demande', attachments: [] }] })).toMatchObject({
    fault: { code: 'command.reused' },
  })
  expect(store.db.all('SELECT * FROM complements')).toHaveLength(1)
})

test('there is one complement, of what is missing, in time, of a number that stands', async () => {
  const whole = deposited(aDraft())
  expect(complete(whole.deposit.number, 'plan')).toEqual(err(faultOf('complement.notNeeded')))
  const { id, deposit } = deposited(aDraft({ pieces: [] }))
  for (const odd of [['mandat'], ['plan', 'plan'], ['plan', 'autre']])
    expect(complete(deposit.number, ...odd)).toMatchObject({ fault: { code: 'request.invalid' } })
  answer(id, 'rejected')
  expect(complete(deposit.number, 'plan')).toEqual(err(faultOf('complement.depositRefused')))
  answer(id, 'applied')
  // Some of it: the file stays incomplete, and there is no second one.
  expect(valueOf(complete(deposit.number, 'plan'))).toMatchObject({
    complete: false,
    complemented: true,
    lastDay: '2026-12-21',
    missing: [{ fr: 'Demande' }],
  })
  expect(complete(deposit.number, 'demande')).toEqual(err(faultOf('complement.made')))

  const late = deposited()
  now = '2026-12-21T22:30:00Z'
  expect(complete(late.deposit.number, 'mandat')).toMatchObject({ fault: { code: 'request.invalid' } })
  now = '2026-12-21T23:30:00Z'
  expect(complete(late.deposit.number, 'plan')).toEqual(
    err(faultOf('complement.late', undefined, { day: '2026-12-21' })),
  )

  await withPeople(store, { supervisor: ['CS-002', 'supervisor'], other: ['AG-015', 'agent'] })
  const cancelled = deposited()
  valueOf(
    await decideTogether(issuing.context, aSupervisor, 'cancelled', {
      commandId: v7() as CommandId,
      act: cancelled.id,
      reason: 'déposé deux fois',
      second: { login: 'other', password: testPassword },
    }),
  )
  expect(complete(cancelled.deposit.number, 'plan')).toEqual(err(faultOf('complement.cancelled')))
})

test('a file keeps the version of its sheet, whatever is published or withdrawn since', () => {
  const { deposit } = deposited()
  valueOf(
    store.tx((db) => {
      saveProcedure(db, aSheet({ version: '2026.2', delay: { days: 60, unit: 'calendar' } }))
      return ok(db.run(`UPDATE procedures SET withdrawn = 1 WHERE version = '2026.1'`))
    }),
  )
  expect(valueOf(complete(deposit.number, 'plan')).lastDay).toBe('2026-12-06')
})

test('a complement that is refused is put right by correcting its deposit, which keeps pieces and clock', () => {
  const { id, deposit } = deposited()
  answer(id, 'applied')
  now = '2026-12-01T09:00:00Z'
  const made = order(deposit.number, 'plan')
  valueOf(issueComplement(issuing, made))
  answer(made.commandId, 'rejected')
  expect(countOutbox(store.db).refused).toBe(1)
  const [listed] = listCorrections(store.db, asking, 9)
  expect(listed).toMatchObject({ act: { id }, why: { code: 'act.refused' }, open: ['corrected', 'cancelled'] })
  const draft = draftOfAct(store.db, id)
  expect(draft?.pieces.map(({ code, state }) => [code, state])).toEqual([
    ['demande', 'received'],
    ['plan', 'received'],
  ])
  if (draft === undefined) return
  const correction = v7() as CommandId
  now = '2026-12-02T09:00:00Z'
  const corrected = valueOf(
    correctRequest(issuing, aSupervisor, {
      commandId: correction,
      act: id,
      reason: 'pièce relue',
      draft: { ...draft, capacity: 'representative', represented: 'Société' },
    }),
  )
  expect(corrected.deposit).toMatchObject({ complete: true, lastDay: '2026-12-16', complemented: true })
  if (corrected.deposit === undefined) return
  expect(factsOf(corrected.deposit)).toMatchObject({ correction: { rank: 1 }, pieces: [{}, { added: true }, {}] })
  answer(correction, 'applied')
  expect(countOutbox(store.db).refused).toBe(0)
  expect(listCorrections(store.db, asking, 9)).toEqual([])
})

test('a complement ends with the file of the person: its files go, that it was made stays', () => {
  const { id, deposit } = deposited()
  const made = order(deposit.number, 'plan')
  const after = valueOf(issueComplement(issuing, made))
  valueOf(
    store.tx((db) => {
      wipeItem.person(db, deposit.requestId, '2032-01-01T00:00:00.000Z', store.files)
      return ok(undefined)
    }),
  )
  expect(readFacts(store.db, 'receipt', after.receiptId)).toEqual(err(faultOf('receipt.wiped')))
  expect(store.db.all('SELECT command_id, pieces FROM complements')).toEqual([
    { command_id: made.commandId, pieces: '[{"code":"plan","attachments":[]}]' },
  ])
  expect(findDepositByNumber(store.db, deposit.number)).toMatchObject({ citizen: '', complete: true })
  expect(draftOfAct(store.db, id)?.pieces).toHaveLength(2)
})

test('the files of a complement are of its person, and nothing of him ends before it has its answer', () => {
  const { id, deposit } = deposited()
  const bytes = new TextEncoder().encode('%PDF-1.7 plan')
  const sha256 = sha256Hex.parse(createHash('sha256').update(bytes).digest('hex'))
  valueOf(store.tx((db) => keepAttachment(db, store.files, { sha256, mime: 'application/pdf', bytes, at: now })))
  const made = { ...order(deposit.number, 'plan'), pieces: [{ code: 'plan', attachments: [sha256] }] }
  valueOf(issueComplement(issuing, made))
  expect(sent(made.commandId).data).toMatchObject({ attachments: [{ sha256 }], pieces: [{ attachments: [sha256] }] })
  const held = (kind: 'person' | 'sentFile' | 'sentAct') => heldOfRequests(store.db, kind, [deposit.requestId]).length
  valueOf(store.tx((db) => ok(db.run(`UPDATE print_jobs SET state = 'printed', ended_at = 'x'`))))
  valueOf(store.tx((db) => ok(db.run(`UPDATE uploads SET stored_at = '2026-12-01T00:00:00.000Z'`))))
  answer(id, 'applied')
  expect([held('person'), held('sentFile'), held('sentAct')]).toEqual([0, 0, 1])
  answer(made.commandId, 'applied')
  expect([held('person'), held('sentFile'), held('sentAct')]).toEqual([1, 1, 2])
})

test('who looks at what a deposit lacks is in the access log, and a closed day takes nothing in', () => {
  const { deposit } = deposited()
  const { who } = anOrder()
  const accesses = (): number => countOfKind(store.db, accessKind)
  expect(valueOf(showOwing(issuing.context, who, deposit.number))).toMatchObject({
    deposit: { citizen: 'SPÉCIMEN Omar' },
    missing: [{ code: 'plan', mandatory: true }],
  })
  expect(accesses()).toBe(1)
  const made = order(deposit.number, 'plan')
  valueOf(issueComplement(issuing, made))
  valueOf(issueComplement(issuing, made))
  // The answer that is given once more names him once more.
  expect(accesses()).toBe(2)

  const other = deposited().deposit
  const key = { ...issuing.signer, publicKey: {} as never } // only the private half signs
  valueOf(closeDay(issuing.context, key, aSupervisor, { commandId: v7() as CommandId, day: '2026-11-21' }))
  expect(complete(other.number, 'plan')).toMatchObject({ fault: { code: 'day.closed' } })
})
