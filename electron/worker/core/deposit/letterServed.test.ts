import { expect, test } from 'vitest'
import { letterQuestion } from '#shared/contract/features/mail/views.ts'
import type { TypedLetter } from '#shared/domain/mail/letter.ts'
import { faultOf } from '#shared/fault.ts'
import type { RegisterNumber } from '#shared/ids.ts'
import { err } from '#shared/result.ts'
import { aDraft, anOrder } from '#tests/builders/deposits.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { valueOf } from '#tests/builders/register.ts'
import type { SignedIn } from '../context.ts'
import type { Store } from '../../store/open.ts'
import { issueReceipt } from '../../features/intake/issueReceipt.ts'
import { searchDeposits } from '../../features/intake/searchDeposits.ts'
import { cancelLetter } from '../../features/mail/changeLetter.ts'
import { registerLetter } from '../../features/mail/registerLetter.ts'
import { searchLetters } from '../../features/mail/rows/searchLetters.ts'
import { showLetter } from '../../features/mail/seeLetter.ts'
import type { Issuing } from './issuing.ts'

let store: Store
let issuing: Issuing
issuingForEach((own) => {
  ;({ store, issuing } = own)
})
const clerk = aPerson()
const entered = (over: Partial<TypedLetter> = {}): RegisterNumber =>
  valueOf(registerLetter(issuing.context, clerk, aLetterOf(over))).letter.number
const depositedOf = (letter: RegisterNumber) => issueReceipt(issuing, anOrder({ draft: aDraft({ letter }) }))
const found = (words: string, level = 3) =>
  searchLetters(store.db, letterQuestion.parse({ words }), { level, today: '2026-11-21' })

test('a letter becomes a deposit: each shows the other, is found by the number of the other, and the journal knows', () => {
  const [letter] = [entered(), entered()]
  const order = anOrder({ draft: aDraft({ letter }) })
  const deposit = valueOf(issueReceipt(issuing, order))
  expect(valueOf(issueReceipt(issuing, order)).number).toBe(deposit.number)

  const { events, state } = valueOf(showLetter(issuing.context, clerk, letter))
  expect(events.map(({ what, about }) => [what, about])).toEqual([
    ['registered', undefined],
    ['requested', deposit.number],
  ])
  // It is still to be answered.
  expect(state).toBe('registered')
  expect(found(deposit.number).rows.map(({ number }) => number)).toEqual([letter])
  const [one] = valueOf(searchDeposits(issuing.context, order.who, letter)).deposits
  expect(one?.requestId).toBe(deposit.requestId)
  const link = store.db.get<{ body: string }>(`SELECT body FROM journal WHERE kind = 'request.deposited'`)
  expect(JSON.parse(link?.body ?? '')).toMatchObject({ number: deposit.number, letter })
})

test('nobody makes a deposit of a letter that he may not see, nor finds it by that', () => {
  const secret = entered({ confidentiality: 'secret' })
  expect(depositedOf(secret)).toMatchObject(err(faultOf('letter.unknown')))
  const open = entered({ confidentiality: 'none' })
  const deposit = valueOf(depositedOf(open))
  expect(found(deposit.number, -1).total).toBe(0)
})

test('that a letter is there is not learned from the deposit it became, by whoever may not see it', () => {
  const secret = entered({ confidentiality: 'secret' })
  const chief = aPerson('supervisor')
  const order = anOrder({ draft: aDraft({ letter: secret }), who: chief })
  const deposit = valueOf(issueReceipt(issuing, order))
  const sees = (who: SignedIn) => valueOf(searchDeposits(issuing.context, who, secret)).deposits
  expect(sees(chief).map(({ number }) => number)).toEqual([deposit.number])
  expect(sees(anOrder().who)).toEqual([])
})

test('nor of one that was cancelled, that left, or that is not there; nothing is deposited then', () => {
  const cancelled = entered()
  const { commandId } = aLetterOf()
  valueOf(cancelLetter(issuing.context, clerk, { commandId, number: cancelled, reason: 'en double' }))
  expect(depositedOf(cancelled)).toMatchObject(err(faultOf('letter.cancelled')))
  expect(depositedOf(entered({ register: 'departure' }))).toMatchObject(err(faultOf('letter.unknown')))
  expect(depositedOf('2026/RAB03-G2/A-000999' as RegisterNumber)).toMatchObject(err(faultOf('letter.unknown')))
  expect(store.db.get('SELECT 1 FROM requests')).toBeUndefined()
})
