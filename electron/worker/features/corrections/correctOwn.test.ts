import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import type { CorrectionView } from '#shared/contract/features/corrections/calls.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { aDraft, anOrder, issuingOver } from '#tests/builders/deposits.ts'
import { aSupervisor, testPassword, withPeople } from '#tests/builders/people.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import type { SignedIn } from '../../core/context.ts'
import { depositsOfDocument } from '../../core/rows/requests.ts'
import { countOutbox } from '../../outbox/rows/outboxRows.ts'
import { readFacts } from '../../papers/rows/papers.ts'
import type { Store } from '../../store/open.ts'
import { closeDay } from '../closing/closeDay.ts'
import { issueReceipt } from '../intake/issueReceipt.ts'
import { correctRequest, type CorrectionOrder } from './correctRequest.ts'
import { decideTogether } from './decideTogether.ts'
import { askingOf, findCorrection, listCorrections } from './viewCorrection.ts'

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

const { who: me } = anOrder()
const wrong = aDraft({ pieces: [{ code: 'demande', state: 'received', attachments: [] }] })
const deposited = (): { id: CommandId; deposit: DepositView } => {
  const order = anOrder({ draft: wrong })
  return { id: order.commandId, deposit: valueOf(issueReceipt(issuing, order)) }
}
const correct = (
  act: string,
  who: SignedIn = me,
  draft: RequestDraft = aDraft(),
  more: Partial<CorrectionOrder> = {},
): Result<CorrectionView> =>
  correctRequest(issuing, who, { commandId: v7() as CommandId, act, reason: 'pièce cochée à tort', draft, ...more })
const answer = (id: string, state: 'applied' | 'rejected'): void => {
  valueOf(
    store.tx((db) =>
      ok(db.run(`UPDATE outbox SET state = ?, answered_at = '2026-11-21T10:00:00.000Z' WHERE id = ?`, [state, id])),
    ),
  )
}
const notNeeded = err(faultOf('correction.notNeeded'))
const waiting = err(faultOf('correction.waiting'))
const newest = ({ repairs }: CorrectionView): string => repairs.at(-1)?.id ?? ''

test.each(['not sent yet', 'applied'])('whoever made a deposit today corrects it himself, when it is %s', (state) => {
  const { id, deposit } = deposited()
  if (state === 'applied') answer(id, 'applied')
  const view = findCorrection(store.db, askingOf(issuing.context, me), deposit.number)
  expect(view?.open).toEqual(['corrected', 'cancelled'])
  const made = valueOf(correct(id))
  expect(made).toMatchObject({
    deposit: { number: deposit.number, complete: true, lastDay: '2026-12-06', standing: 'corrected' },
    repairs: [{ kind: 'corrected', agent: 'AG-014', reason: 'pièce cochée à tort' }],
    open: [],
  })
  expect(valueOf(readFacts(store.db, 'receipt', made.deposit?.receiptId ?? deposit.receiptId)).facts).toMatchObject({
    correction: { rank: 1, replaces: { receiptId: deposit.receiptId } },
  })
  // One at a time; once it is answered the next.
  expect(correct(id, me, wrong)).toEqual(waiting)
  answer(id, 'applied')
  answer(newest(made), 'applied')
  expect(valueOf(correct(id, me, wrong)).deposit).toMatchObject({ complete: false, lastDay: '2026-12-21' })
})

test('nobody else does, nor he on another day, nor once the day is closed, nor once the number is cancelled', async () => {
  await withPeople(store, { supervisor: ['CS-002', 'supervisor'], agent: ['AG-014', 'agent'] })
  const { id, deposit } = deposited()
  expect(correct(id, aSupervisor)).toEqual(notNeeded)
  expect(findCorrection(store.db, askingOf(issuing.context, aSupervisor), deposit.number)?.open).toEqual(['cancelled'])
  const cancelled = deposited()
  const made = valueOf(
    await decideTogether(issuing.context, aSupervisor, 'cancelled', {
      commandId: v7() as CommandId,
      act: cancelled.id,
      reason: 'déposé deux fois',
      second: { login: 'agent', password: testPassword },
    }),
  )
  answer(newest(made), 'applied')
  expect(correct(cancelled.id)).toEqual(notNeeded)

  const key = { ...issuing.signer, publicKey: {} as never } // only the private half signs
  valueOf(closeDay(issuing.context, key, aSupervisor, { commandId: v7() as CommandId, day: '2026-11-21' }))
  expect(correct(id)).toEqual(notNeeded)
  now = '2026-11-22T09:00:00Z'
  expect(correct(id)).toEqual(notNeeded)
})

test('a name that was typed wrong is put right on paper, in the act and in what the citizen is found by', () => {
  const { id } = deposited()
  const found = (familyName: string): number =>
    depositsOfDocument(store.db, { documentNumber: 'D0001', familyName }, 9).length
  expect([found('SPÉCIMEN'), found('BENALI')]).toEqual([1, 0])
  const identity = { familyName: 'BENALI', givenNames: 'Omar' }
  expect(valueOf(correct(id, me, wrong, { identity })).deposit?.citizen).toBe('BENALI Omar')
  expect([found('SPÉCIMEN'), found('BENALI')]).toEqual([0, 1])
})

test('a correction of what stands that the platform refuses is listed until it is put right, by whoever', () => {
  const { id } = deposited()
  answer(id, 'applied')
  const made = valueOf(correct(id))
  answer(newest(made), 'rejected')
  expect(countOutbox(store.db).refused).toBe(1)
  now = '2026-11-23T09:00:00Z'
  const [listed] = listCorrections(store.db, askingOf(issuing.context, aSupervisor), 9)
  expect(listed).toMatchObject({ act: { id, state: 'applied' }, why: { code: 'act.refused' } })
  expect(listed?.open).toEqual(['corrected', 'cancelled'])
  answer(newest(valueOf(correct(id, aSupervisor))), 'applied')
  expect(countOutbox(store.db).refused).toBe(0)
  expect(listCorrections(store.db, askingOf(issuing.context, aSupervisor), 9)).toEqual([])
})
