import { createHash, timingSafeEqual } from 'node:crypto'
import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { concat, xor } from './bytes.ts'
import { decrypt, deriveKey, encrypt, mac } from './cipher.ts'
import { openSecureMessaging, type SessionKeys } from './secureMessaging.ts'

/** Nonces and key material of the terminal: 8 and 16 bytes of `randomBytes`. */
export interface BacRandom {
  readonly challenge: Uint8Array
  readonly key: Uint8Array
}

const ascii = new TextEncoder()
/**
 * Statuses of a length, an offset, an instruction or nothing in particular (ISO 7816-4 §5.6), at the end of a detail:
 * they say nothing of the number or the zone that was given.
 */
export const saysNothingOfKeys = (detail: string): boolean => /(61|67|6b|6c|6d|6e|6f)[0-9a-f]{2}$/.test(detail)

/** The document access keys (Doc 9303-11 §4.3.2 and D.2) from number, birth and expiry with their digits. */
export function accessKeys(mrzInformation: string): {
  readonly seed: Uint8Array
  readonly enc: Uint8Array
  readonly mac: Uint8Array
} {
  const seed = createHash('sha1').update(ascii.encode(mrzInformation)).digest().subarray(0, 16)
  return { seed, enc: deriveKey(seed, 1, '3DES'), mac: deriveKey(seed, 2, '3DES') }
}

/** The 40 bytes of EXTERNAL AUTHENTICATE: cryptogram and MAC (Doc 9303-11 §4.3.1, step 3). */
export function authenticationData(
  keys: { enc: Uint8Array; mac: Uint8Array },
  chip: Uint8Array,
  own: BacRandom,
): Uint8Array {
  const cryptogram = encrypt('3DES', keys.enc, concat(own.challenge, chip, own.key))
  return concat(cryptogram, mac('3DES', keys.mac, cryptogram))
}

/** The session keys from the chip's answer; undefined when its MAC or one of the nonces is wrong. */
export function sessionKeys(
  keys: { enc: Uint8Array; mac: Uint8Array },
  chip: Uint8Array,
  own: BacRandom,
  answer: Uint8Array,
): SessionKeys | undefined {
  if (answer.length !== 40) return undefined
  const cryptogram = answer.subarray(0, 32)
  if (!timingSafeEqual(mac('3DES', keys.mac, cryptogram), answer.subarray(32))) return undefined
  const plain = decrypt('3DES', keys.enc, cryptogram)
  if (!timingSafeEqual(plain.subarray(0, 8), chip) || !timingSafeEqual(plain.subarray(8, 16), own.challenge))
    return undefined
  const seed = xor(own.key, plain.subarray(16, 32))
  return {
    cipher: '3DES',
    enc: deriveKey(seed, 1, '3DES'),
    mac: deriveKey(seed, 2, '3DES'),
    ssc: concat(chip.subarray(4), own.challenge.subarray(4)),
  }
}

/**
 * Basic Access Control on a selected eMRTD application. Faults: those of the channel; card.accessRefused when the chip
 * does not accept the MRZ (the sentence asks to check number, birth and expiry); card.refused when it answers neither.
 */
export async function openBac(
  channel: CardChannel,
  mrzInformation: string,
  random: BacRandom,
): Promise<Result<CardChannel>> {
  const asked = await channel.transmit(Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x08))
  if (!asked.ok) return asked
  if (asked.value.length !== 10) return err(faultOf('card.refused', 'no challenge'))
  const chip = asked.value.subarray(0, 8)
  const keys = accessKeys(mrzInformation)
  const answered = await channel.transmit(
    concat(Uint8Array.of(0x00, 0x82, 0x00, 0x00, 0x28), authenticationData(keys, chip, random), Uint8Array.of(0x28)),
  )
  if (!answered.ok) return answered
  const session = sessionKeys(keys, chip, random, answered.value.subarray(0, -2))
  if (session === undefined) {
    const status = Buffer.from(answered.value.subarray(-2)).toString('hex')
    return err(faultOf(saysNothingOfKeys(status) ? 'card.refused' : 'card.accessRefused', `BAC ${status}`))
  }
  return ok(openSecureMessaging(channel, session))
}
