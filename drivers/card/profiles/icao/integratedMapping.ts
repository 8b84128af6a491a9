import { concat, numberOf } from './bytes.ts'
import { encrypt, type Cipher } from './cipher.ts'
import type { Group } from './group.ts'

// The constants c0 and c1 of Doc 9303-11 §4.4.3.3.2, for nonces of 128 and of 256 bits.
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))
const constants = {
  16: [hex('a668892a7c41e3ca739f40b057d85904'), hex('a4e136ac725f738b01c1f60217c188ad')],
  32: [
    hex('d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676'),
    hex('54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517'),
  ],
} as const
const keyLength: Readonly<Record<Cipher, number>> = { '3DES': 16, 'AES-128': 16, 'AES-192': 24, 'AES-256': 32 }

/** Length of the terminal's nonce, in bytes: that of a key of the cipher. */
export const terminalNonceLength = (cipher: Cipher): number => keyLength[cipher]

/** Length of the chip's nonce, in bytes: whole blocks, a key at least. */
export const chipNonceLength = (cipher: Cipher): 16 | 32 => (keyLength[cipher] > 16 ? 32 : 16)

/**
 * The pseudo-random field element R_p(s, t) of the two nonces (Doc 9303-11 §4.4.3.3.2): 64 bits more than the prime,
 * then the remainder.
 */
export function pseudoRandom(cipher: Cipher, chip: Uint8Array, terminal: Uint8Array, prime: bigint): bigint {
  const length = chipNonceLength(cipher)
  const [first, second] = constants[length]
  const blocks = Math.ceil((prime.toString(2).length + 64) / (8 * length))
  let key = encrypt(cipher, terminal, chip).subarray(0, keyLength[cipher])
  const parts: Uint8Array[] = []
  for (let block = 0; block < blocks; block += 1) {
    parts.push(encrypt(cipher, key, second))
    key = encrypt(cipher, key, first).subarray(0, keyLength[cipher])
  }
  return numberOf(concat(...parts)) % prime
}

/** Integrated mapping: the generator that follows from both nonces; undefined where it cannot be one. */
export function integratedMapping(
  group: Group,
  cipher: Cipher,
  chip: Uint8Array,
  terminal: Uint8Array,
): Uint8Array | undefined {
  if (chip.length !== chipNonceLength(cipher)) return undefined
  const generator = group.fromField(pseudoRandom(cipher, chip, terminal, group.prime))
  return generator !== undefined && group.isKey(generator) ? generator : undefined
}
