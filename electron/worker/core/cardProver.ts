import type { CardStrength } from '#shared/contract/cardEvents.ts'
import type { Result } from '#shared/result.ts'
import type { CardPurpose } from './desk/cardPin.ts'
/** A bound card that is in a reader now. */
export interface CardProof {
  readonly reader: string
  readonly strength: CardStrength
}

/** Proves that an agent's own card is there. */
export interface CardProver {
  /**
   * The card of an account, in a reader where agents sign in; one that is bound by its PIN signs with it. Faults:
   * session.cardUnbound,
   * session.cardAbsent, session.cardRefused (it does not hold the key that was bound), those of `provePinKey`.
   */
  prove(
    login: string,
    purpose?: Exclude<CardPurpose, 'bind'>,
    pin?: Uint8Array<ArrayBuffer>,
  ): Promise<Result<CardProof>>
}
