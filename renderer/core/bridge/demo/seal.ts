import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import type { SealClaims } from '#shared/domain/receipt/receipt.ts'
import { counterOfNumber, parseRegisterNumber } from '#shared/domain/registerNumber.ts'
import { counterId } from '#shared/ids.ts'
import { demoId } from './ids.ts'

/** The one seal that the synthetic register believes: that of its newest deposit. */
export const demoSeal = 'GU1:DEMO'

/** What that seal says. */
export const demoClaims = (deposit: DepositView): SealClaims => ({
  issuer: issuerOf(deposit),
  issuedAt: Math.floor(Date.parse(deposit.depositedAt) / 1000),
  number: deposit.number,
  procedure: 'certificat-residence',
  citizen: '****482',
  pieces: 3,
  complete: deposit.complete,
  lastDay: deposit.lastDay,
  feeCentimes: 0,
  facts: demoId.sha(1),
  journal: demoId.sha(2),
  name: demoId.sha(3).slice(0, 32),
})

const issuerOf = ({ number }: DepositView): SealClaims['issuer'] => {
  const parts = parseRegisterNumber(number)
  return parts === undefined ? counterId.parse('RAB03-G2') : counterOfNumber(parts)
}
