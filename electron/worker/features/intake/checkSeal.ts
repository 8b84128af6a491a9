import type { Out } from '#shared/contract/calls.ts'
import { allows } from '#shared/domain/roles.ts'
import { ok, type Result } from '#shared/result.ts'
import { publicKeysOf } from '../../keys/counterKey.ts'
import { factsDigest, verifySeal } from '../../seal/seal.ts'
import { readFacts } from '../../papers/rows/papers.ts'
import { findDepositByNumber } from '../../core/rows/requests.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { purposeWithBasis, recordAccess } from '../../core/recordAccess.ts'

/**
 * Verifies a scanned seal without any network, and finds the deposit in this register: its name only for whoever may
 * read receipts, and then
 * it is an access. Faults: seal.malformed, seal.unknownKey, seal.badSignature, those of `recordAccess`.
 */
export function checkSeal(context: Context, who: SignedIn, seal: string): Result<Out<'receipt.check'>> {
  const { store, counter } = context
  const claims = verifySeal(seal, publicKeysOf(store.db, counter))
  if (!claims.ok) return claims
  const deposit = findDepositByNumber(store.db, claims.value.number)
  if (deposit === undefined) return ok({ claims: claims.value })
  const newest = readFacts(store.db, 'receipt', deposit.receiptId)
  // Of a receipt that was wiped nothing can be compared any more.
  const superseded =
    deposit.standing === 'cancelled' || (newest.ok && factsDigest(newest.value.facts) !== claims.value.facts)
  if (!allows(who.view.roles, 'readReceipts'))
    return ok({ claims: claims.value, deposit: { ...deposit, citizen: '' }, superseded })
  const recorded = recordAccess(context, {
    actor: who.code,
    means: 'receipt',
    purpose: purposeWithBasis(context, 'verification'),
    subject: deposit.receiptId,
  })
  return recorded.ok ? ok({ claims: claims.value, deposit, superseded }) : recorded
}
