import { createHash, createPublicKey, randomBytes, timingSafeEqual, verify } from 'node:crypto'
import type { Verdict } from '#shared/domain/identity/identity.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { ok, type Result } from '#shared/result.ts'
import { internalAuthenticate } from '../../apdu/command.ts'
import { exchangeWhole } from '../../apdu/exchangeWhole.ts'
import { sw } from '../../apdu/response.ts'
import { files } from './files.ts'
import { readEvidence } from './readEvidence.ts'

/** r and s of P-384 side by side. */
const plainLength = 96
/**
 * Algorithm and key reference of the basic key, and the tag of the challenge's hash (Belpic applet 1.8 manual §6.11).
 */
const basic = { algorithm: 0x02, key: 0x81, challengeTag: 0x94 } as const

/**
 * What came of the proof; `key` is the SHA-256 of the public key (SubjectPublicKeyInfo), in lower-case hexadecimal,
 * once it is proved.
 */
export interface ChipProof {
  readonly verdict: Verdict
  readonly key?: string
}

/**
 * Proves that the chip of an applet 1.8 holds the key whose SHA-384 the register signed into the identity file (tag
 * 1A): a copy of
 * all files does not. Takes four commands; the card allows about 5000 proofs without a PIN. `notChecked` when the card
 * has no such
 * key or does not answer to it. Faults: those of the channel.
 */
export async function proveBelgianChip(channel: CardChannel, keyHash: Uint8Array): Promise<Result<ChipProof>> {
  const file = await readEvidence(channel, files.basicKey)
  if (!file.ok) return file
  if (file.value === undefined || keyHash.length !== 48) return ok({ verdict: 'notChecked' })
  if (!timingSafeEqual(createHash('sha384').update(file.value).digest(), keyHash)) return ok({ verdict: 'invalid' })
  const challenge = randomBytes(48)
  const hash = createHash('sha384').update(challenge).digest()
  const answer = await exchangeWhole(
    channel,
    internalAuthenticate(basic.algorithm, basic.key, Uint8Array.of(basic.challengeTag, hash.length, ...hash)),
  )
  if (!answer.ok) return answer.fault.code === 'card.malformed' ? ok({ verdict: 'notChecked' }) : answer
  if (answer.value.sw !== sw.done || answer.value.data.length === 0) return ok({ verdict: 'notChecked' })
  if (!isSigned(file.value, challenge, answer.value.data)) return ok({ verdict: 'invalid' })
  return ok({ verdict: 'valid', key: createHash('sha256').update(file.value).digest('hex') })
}

function isSigned(key: Uint8Array, challenge: Uint8Array, answer: Uint8Array): boolean {
  const plain = plainSignature(answer)
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key), format: 'der', type: 'spki' })
    return plain === undefined
      ? verify('sha384', challenge, { key: publicKey, dsaEncoding: 'der' }, answer)
      : verify('sha384', challenge, { key: publicKey, dsaEncoding: 'ieee-p1363' }, plain)
  } catch {
    return false
  }
}

/**
 * The signature as it is, or inside one or two data objects: the manual's footnote speaks of a wrapping that no card is
 * known to make.
 */
export function plainSignature(answer: Uint8Array): Uint8Array | undefined {
  let inner = answer
  for (let depth = 0; depth < 3; depth += 1) {
    if (inner.length === plainLength) return inner
    const [, length] = inner
    if (length === undefined || length >= 0x80 || inner.length !== length + 2) return undefined
    inner = inner.subarray(2)
  }
  return undefined
}
