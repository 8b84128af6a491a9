import type { Out } from '#shared/contract/calls.ts'
import { ok, type Result } from '#shared/result.ts'
import { publicKeysOf } from '../keys/counterKey.ts'
import { factsDigest, verifySeal } from '../seal/seal.ts'
import { readReceipt } from '../store/receipts.ts'
import { findDepositByNumber } from '../store/requests.ts'
import type { Context } from './context.ts'

/** Verifies a scanned seal without any network, and finds the deposit in this register. Faults: seal.malformed, seal.unknownKey, seal.badSignature. */
export function checkSeal({ store, counter }: Context, seal: string): Result<Out<'receipt.check'>> {
  const claims = verifySeal(seal, publicKeysOf(store.db, counter))
  if (!claims.ok) return claims
  const deposit = findDepositByNumber(store.db, claims.value.number)
  if (deposit === undefined) return ok({ claims: claims.value })
  const newest = readReceipt(store.db, deposit.receiptId)
  // Of a receipt that was wiped nothing can be compared any more.
  const superseded = deposit.standing === 'cancelled' || (newest.ok && factsDigest(newest.value.facts) !== claims.value.facts)
  return ok({ claims: claims.value, deposit, superseded })
}
