import type { DepositView, IdentityView } from '#shared/contract/features/intake/calls.ts'
import { faultOf } from '#shared/fault.ts'
import type { RegisterNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { depositsOfDocument, findDepositByNumber } from '../../core/rows/requests.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { purposeWithBasis, recordAccess } from '../../core/recordAccess.ts'

/** Earlier deposits that a screen shows of one citizen. */
const mostDeposits = 12

/**
 * What this citizen deposited here before, newest first, found by the document in front of the agent; a document number
 * of another family name
 * is another document. Entered in the access log under the purpose that he is served for. Faults: identity.gone, those
 * of `recordAccess`.
 */
export function earlierDeposits(
  context: Context,
  who: SignedIn,
  citizen: IdentityView | undefined,
): Result<{ deposits: DepositView[] }> {
  if (citizen === undefined) return err(faultOf('identity.gone'))
  const { documentNumber, familyName } = citizen.identity
  if (documentNumber === undefined || documentNumber === '') return ok({ deposits: [] })
  const deposits = [...depositsOfDocument(context.store.db, { documentNumber, familyName }, mostDeposits)]
  if (deposits.length === 0) return ok({ deposits })
  const recorded = recordAccess(context, {
    actor: who.code,
    means: 'search',
    purpose: citizen.purpose,
    subject: citizen.identityId,
  })
  return recorded.ok ? ok({ deposits }) : recorded
}

/**
 * The deposit of a number of this register, for a paper that was scanned. Faults: request.unknown, those of
 * `recordAccess`.
 */
export function findDeposit(context: Context, who: SignedIn, number: RegisterNumber): Result<DepositView> {
  const deposit = findDepositByNumber(context.store.db, number)
  if (deposit === undefined) return err(faultOf('request.unknown'))
  const recorded = recordAccess(context, {
    actor: who.code,
    means: 'search',
    purpose: purposeWithBasis(context, 'verification'),
    subject: deposit.requestId,
  })
  return recorded.ok ? ok(deposit) : recorded
}
