import { expect, test } from 'vitest'
import type { IdentityView } from '#shared/contract/features/intake/calls.ts'
import { demoCitizens } from '../../../core/bridge/demo/people.ts'
import { demoProcedures } from '../../../core/bridge/demo/procedures.ts'
import { doubtsOf, isAsked, wantsReason } from './doubts.ts'
import { draftOn, toggled } from './draft.ts'

const people = demoCitizens(new Date('2026-11-21T09:00:00Z'))
const today = '2026-11-21'
const [permit, birth] = demoProcedures
if (permit === undefined || birth === undefined) throw new Error('no sheets')
const [piece] = birth.pieces
if (piece === undefined) throw new Error('no piece')
const bare = draftOn(birth, 'fr')
const brought = toggled(bare, piece)
const born = (value: string, precision: 'day' | 'year' = 'day'): IdentityView => ({
  ...people.typical,
  identity: { ...people.typical.identity, birthDate: { value, precision } },
})

test('nothing is doubtful about a genuine card, a piece that was brought and no fee', () => {
  expect(doubtsOf(birth, brought, people.typical, today)).toEqual([])
  expect(doubtsOf(birth, brought, undefined, today)).toEqual([])
})

test('a number for nothing is asked about; a stamp without its number is only said', () => {
  expect(doubtsOf(birth, bare, people.typical, today)).toEqual(['nothingReceived'])
  const [demande] = permit.pieces
  const paid = demande === undefined ? draftOn(permit, 'fr') : toggled(draftOn(permit, 'fr'), demande)
  expect(doubtsOf(permit, paid, people.typical, today)).toEqual(['stamp'])
  expect(doubtsOf(permit, { ...paid, fee: { centimes: 1, stampNumber: 'T-1' } }, people.typical, today)).toEqual([])
  expect([isAsked('nothingReceived'), isAsked('stamp'), wantsReason('nothingReceived')]).toEqual([true, false, false])
})

test('a card that is not genuine wants a reason; an address alone wants proof of it', () => {
  const [forged] = doubtsOf(birth, brought, people.tampered, today)
  expect(forged).toBe('forged')
  expect([isAsked('forged'), wantsReason('forged')]).toEqual([true, true])
  const address: IdentityView = { ...people.typical, checks: { ...people.typical.checks, address: 'invalid' } }
  expect(doubtsOf(birth, brought, address, today)).toEqual(['address'])
})

test('a minor in his own name is asked about, from the day of full age on not any more; a year alone says nothing', () => {
  expect(doubtsOf(birth, brought, born('2008-11-22'), today)).toEqual(['minor'])
  expect(doubtsOf(birth, brought, born('2008-11-21'), today)).toEqual([])
  expect(doubtsOf(birth, brought, born('2015', 'year'), today)).toEqual([])
  expect(doubtsOf(birth, { ...brought, capacity: 'representative' }, born('2015-01-01'), today)).toEqual([])
})

test('an expired document is said', () => {
  const expired = { ...people.typical, identity: { ...people.typical.identity, validUntil: '2026-11-20' } }
  expect(doubtsOf(birth, brought, expired, today)).toEqual(['expired'])
})
