import { createHmac } from 'node:crypto'

/** The platform hands out a new nonce so often, in milliseconds; each is taken for as long again. */
const slotLength = 60_000
/**
 * A proof is taken for at most so long after its nonce was first handed out, in milliseconds: as long its `jti` has to
 * be remembered.
 */
export const proofLife = 2 * slotLength

/**
 * Nonces for proofs (RFC 9449 §8): made from the time and a secret, so that every node knows those of the others and
 * none is stored.
 */
export interface Nonces {
  current(): string
  taken(nonce: unknown): boolean
}

/** @param now milliseconds since 1970 */
export function createNonces(secret: Uint8Array, now: () => number = Date.now): Nonces {
  const made = new Map<number, string>()
  const at = (slot: number): string => {
    const known = made.get(slot)
    if (known !== undefined) return known
    made.clear()
    const nonce = createHmac('sha256', secret)
      .update(`nonce ${String(slot)}`)
      .digest('base64url')
      .slice(0, 22)
    made.set(slot, nonce)
    return nonce
  }
  const slot = (): number => Math.floor(now() / slotLength)
  return {
    current: () => at(slot()),
    taken: (nonce) => nonce === at(slot()) || nonce === at(slot() - 1),
  }
}
