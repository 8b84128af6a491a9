import { randomBytes } from 'node:crypto'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { CounterId } from '#shared/ids.ts'
import type { CardSigner } from '#shared/ports/cardSigner.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { isSignedBy, signerOf } from '../../seal/citizenSignature.ts'

/** What an agent shows his card for. */
export type CardPurpose = 'bind' | 'signIn' | 'second'

export interface PinOrder {
  readonly reader: string
  /** ASCII digits, overwritten whatever comes of it; absent where the reader has keys of its own. */
  readonly pin: Uint8Array<ArrayBuffer> | undefined
  readonly purpose: CardPurpose
  readonly counter: CounterId
  /** ISO 8601. */
  readonly at: string
}

/**
 * Lets a card sign 32 fresh bytes, with what they are for, by its authentication key; the public key (SPKI, DER,
 * base64) whose signature it
 * was. The words in front keep it from meaning anything else, the key for deposits is another one. Whose certificate it
 * is is not asked:
 * the key is the one that was bound, or not. Faults: session.pinNeeded, session.pinWrong (`tries` left),
 * session.pinBlocked,
 * session.cardRefused (the signature is not that of the key), those of `CardSigner.sign`.
 */
export async function provePinKey(
  cards: Pick<CardSigner, 'sign'>,
  { reader, pin, purpose, counter, at }: PinOrder,
): Promise<Result<string>> {
  try {
    const data = new TextEncoder().encode(
      `guichet.agentCard.v1:${purpose}:${counter}:${at}:${randomBytes(32).toString('hex')}`,
    )
    const signed = await cards.sign({ reader, key: 'authentication', data, ...(pin === undefined ? {} : { pin }) })
    if (!signed.ok) return err(toAgent(signed.fault))
    const signer = signerOf(signed.value.certificate)
    if (signer === undefined || !isSignedBy(signer.key, signed.value.scheme, data, signed.value.signature))
      return err(faultOf('session.cardRefused'))
    return ok(signer.key.export({ type: 'spki', format: 'der' }).toString('base64'))
  } finally {
    pin?.fill(0)
  }
}

/** The same said to an agent and not to somebody who serves a citizen. */
const toAgent = (fault: Fault): Fault => {
  switch (fault.code) {
    case 'card.pinNeeded':
    case 'card.pinCancelled':
      return faultOf('session.pinNeeded')
    case 'card.pinWrong':
      return faultOf('session.pinWrong', undefined, fault.values)
    case 'card.pinBlocked':
      return faultOf('session.pinBlocked')
    default:
      return fault
  }
}
