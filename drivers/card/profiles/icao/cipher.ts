import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { cmac } from '@noble/ciphers/aes.js'
import { concat } from './bytes.ts'

/** The ciphers of secure messaging (Doc 9303-11 §9.7, §9.8). */
export type Cipher = '3DES' | 'AES-128' | 'AES-192' | 'AES-256'

/** Block size in bytes: the length of an initial vector, of a padding unit and of the send sequence counter. */
export const blockOf = (cipher: Cipher): 8 | 16 => (cipher === '3DES' ? 8 : 16)

const keyLength: Readonly<Record<Cipher, number>> = { '3DES': 16, 'AES-128': 16, 'AES-192': 24, 'AES-256': 32 }

/**
 * KDF of Doc 9303-11 §9.7.1: SHA-1 for 3DES and AES-128, SHA-256 for longer keys.
 * @param counter 1 encryption, 2 MAC, 3 password key of PACE
 */
export function deriveKey(secret: Uint8Array, counter: 1 | 2 | 3, cipher: Cipher): Uint8Array {
  const hash = cipher === 'AES-192' || cipher === 'AES-256' ? 'sha256' : 'sha1'
  const key = createHash(hash)
    .update(secret)
    .update(Uint8Array.of(0, 0, 0, counter))
    .digest()
    .subarray(0, keyLength[cipher])
  return cipher === '3DES' ? key.map(withOddParity) : new Uint8Array(key)
}

const withOddParity = (byte: number): number => {
  let ones = 0
  for (let rest = byte >> 1; rest > 0; rest >>= 1) ones += rest & 1
  return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0)
}

// Three-key form of two-key 3DES, the one name that OpenSSL and BoringSSL share.
const threeKeys = (key: Uint8Array): Uint8Array => concat(key, key.subarray(0, 8))
const nodeCipher = (cipher: Cipher): string => (cipher === '3DES' ? 'des-ede3-cbc' : `aes-${cipher.slice(4)}-cbc`)

/** CBC without padding; `data` is a whole number of blocks, the initial vector zero unless given. */
export function encrypt(
  cipher: Cipher,
  key: Uint8Array,
  data: Uint8Array,
  iv: Uint8Array = new Uint8Array(blockOf(cipher)),
): Uint8Array {
  const worker = createCipheriv(nodeCipher(cipher), cipher === '3DES' ? threeKeys(key) : key, iv).setAutoPadding(false)
  return concat(worker.update(data), worker.final())
}

/** The inverse of `encrypt`. */
export function decrypt(
  cipher: Cipher,
  key: Uint8Array,
  data: Uint8Array,
  iv: Uint8Array = new Uint8Array(blockOf(cipher)),
): Uint8Array {
  const worker = createDecipheriv(nodeCipher(cipher), cipher === '3DES' ? threeKeys(key) : key, iv).setAutoPadding(
    false,
  )
  return concat(worker.update(data), worker.final())
}

/** Padding method 2 of ISO 9797-1: 80, then zeros up to a whole block. */
export function pad(data: Uint8Array, block: number): Uint8Array {
  return concat(data, Uint8Array.of(0x80), new Uint8Array((block - ((data.length + 1) % block)) % block))
}

/** Takes method 2 padding off; undefined when there is none. */
export function unpad(data: Uint8Array): Uint8Array | undefined {
  let end = data.length - 1
  while (end > 0 && data[end] === 0) end -= 1
  return data[end] === 0x80 ? data.subarray(0, end) : undefined
}

/** Eight-byte MAC of unpadded data: retail MAC (ISO 9797-1 algorithm 3) over padded data with 3DES, else AES-CMAC. */
export function mac(cipher: Cipher, key: Uint8Array, data: Uint8Array): Uint8Array {
  return cipher === '3DES' ? retailMac(key, pad(data, 8)) : cmac(data, key).slice(0, 8)
}

function retailMac(key: Uint8Array, padded: Uint8Array): Uint8Array {
  const one = key.subarray(0, 8)
  const chain =
    padded.length > 8 ? encrypt('3DES', concat(one, one), padded.subarray(0, -8)).subarray(-8) : new Uint8Array(8)
  return encrypt('3DES', key, padded.subarray(-8), chain)
}
