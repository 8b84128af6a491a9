import type { CardSignature, SignKey, SignScheme, SignState } from '../domain/identity/cardSignature.ts'
import type { Result } from '../result.ts'

export interface SignOrder {
  /** The first reader that holds a card when absent. */
  readonly reader?: string
  readonly key: SignKey
  /** What is signed, whole: it is hashed here. */
  readonly data: Uint8Array<ArrayBuffer>
  /** The usual one of the card when absent. */
  readonly scheme?: SignScheme
  /** ASCII digits, overwritten with zeroes before the call returns; absent where the reader has keys of its own. */
  readonly pin?: Uint8Array<ArrayBuffer>
  readonly signal?: AbortSignal
}

/**
 * Signing with a card that has a key for it. Faults of both: those of reading a card, card.cannotSign. `sign` may also
 * end with
 * card.pinWrong (`tries` left), card.pinBlocked, card.pinNeeded (neither typed nor a reader with keys) and
 * card.pinCancelled.
 */
export interface CardSigner {
  signState(options: { readonly reader?: string; readonly signal?: AbortSignal }): Promise<Result<SignState>>
  sign(order: SignOrder): Promise<Result<CardSignature>>
}
