import { constants, createHash, privateEncrypt, randomBytes, type KeyObject } from 'node:crypto'
import { p384 } from '@noble/curves/nist.js'
import type { HolderKeys } from './holderKeys.ts'

/** What the PIN of a virtual card guards, and the key that makes it hard to copy. */
export interface Secrets {
  readonly pin: string
  /** Absent on a card without certificates, of a young child. */
  readonly keys?: HolderKeys | undefined
  /** The secret of the basic key, applet 1.8. */
  readonly basicKey?: KeyObject | undefined
}

/** The commands of the manual that need a state of their own; undefined for any other command. */
export interface CardSecurity {
  answer(command: Uint8Array, directory: number): Uint8Array | undefined
  /** An answer of up to 256 bytes, or the first of several by GET RESPONSE. */
  queue(data: Uint8Array): Uint8Array
  /** Tries left, 0 to 3. */
  tries(): number
  /** Power on or reset: verified no more. */
  reset(): void
}

const status = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff)
const done = status(0x9000)
const allTries = 3

/** DigestInfo headers (RFC 8017 §9.2), by the algorithm of MSE SET on RSA cards that takes a bare hash. */
const digestInfo: Readonly<Record<number, { header: string; length: number }>> = {
  0x02: { header: '3021300906052b0e03021a05000414', length: 20 },
  0x08: { header: '3031300d060960864801650304020105000420', length: 32 },
}
const pssHash: Readonly<Record<number, 'sha1' | 'sha256'>> = { 0x10: 'sha1', 0x20: 'sha256' }
const pssLength = { sha1: 20, sha256: 32 } as const
const ecLength: Readonly<Record<number, number>> = { 0x01: 32, 0x02: 48, 0x04: 64 }

/**
 * PIN, security environment and signatures of the Belpic applet (reference manual §5.1.2, §6.9 to §6.11); `modern` from
 * 1.7 on.
 */
export function createSecurity({ pin, keys, basicKey }: Secrets, modern: boolean): CardSecurity {
  const elliptic = keys?.kind === 'ec'
  let tries = allTries
  let environment: { readonly algorithm: number; readonly key: number } | undefined
  /**
   * Commands that still may come before a signature; a non-repudiation key takes at most one between VERIFY and PSO.
   */
  let verified = 0
  let waiting = new Uint8Array(0)

  const queue = (data: Uint8Array): Uint8Array => {
    waiting = Uint8Array.from(data)
    return status(0x6100 | (Math.min(waiting.length, 0x100) % 0x100))
  }
  const hand = (le: number): Uint8Array => {
    const length = le === 0 ? 256 : le
    if (waiting.length === 0) return status(0x6985)
    if (length > waiting.length) return status(0x6c00 | waiting.length)
    const part = waiting.slice(0, length)
    waiting = waiting.slice(length)
    return Buffer.concat([part, waiting.length === 0 ? done : status(0x6100 | (waiting.length % 0x100))])
  }
  const set = (data: Uint8Array): Uint8Array => {
    const [length, algorithmTag, algorithm = 0, keyTag, key = 0] = data
    if (length !== 4 || algorithmTag !== 0x80 || keyTag !== 0x84) return status(0x6a80)
    if (keys === undefined || (key !== 0x82 && key !== 0x83)) return status(0x6a88)
    const known = elliptic
      ? algorithm in ecLength
      : algorithm === 0x01 || algorithm === 0x02 || (modern && (algorithm in digestInfo || algorithm in pssHash))
    if (!known) return status(0x6a80)
    environment = { algorithm, key }
    return done
  }
  const verify = (block: Uint8Array): Uint8Array => {
    if (tries === 0) return status(0x6983)
    const length = (block[0] ?? 0) & 0x0f
    const right =
      block.length === 8 &&
      (block[0] ?? 0) >> 4 === 2 &&
      Buffer.from(block.subarray(1)).toString('hex').startsWith(pin) &&
      length === pin.length
    tries = right ? allTries : tries - 1
    verified = right ? 2 : 0
    return right ? done : tries === 0 ? status(0x6983) : status(0x63c0 | tries)
  }
  const sign = (data: Uint8Array): Uint8Array => {
    if (environment === undefined || keys === undefined) return status(0x6985)
    if (verified === 0) return status(0x6982)
    const { key, algorithm } = environment
    const { privateKey } = key === 0x82 ? keys.authentication : keys.signature
    const signature = elliptic
      ? data.length === ecLength[algorithm]
        ? signHash(privateKey, data)
        : undefined
      : signRsa(privateKey, algorithm, data)
    // One verification serves one non-repudiation signature.
    verified = key === 0x83 ? 0 : 2
    return signature === undefined ? status(0x6a80) : queue(signature)
  }
  const prove = (data: Uint8Array): Uint8Array =>
    basicKey === undefined
      ? status(0x6d00)
      : data.length === 50 && data[0] === 0x94 && data[1] === 48
        ? queue(signHash(basicKey, data.subarray(2)))
        : status(0x6a80)

  const run = (command: Uint8Array, directory: number): Uint8Array | undefined => {
    const header = Buffer.from(command.subarray(0, 4)).toString('hex')
    const data = command.subarray(5, 5 + (command[4] ?? 0))
    // From applet 1.7 on keys and PIN live in DF(BELPIC), which has to be selected.
    const here = !modern || directory === 0xdf00
    switch (header) {
      case '00c00000':
        return hand(command[4] ?? 0)
      case '002241b6':
        return here ? set(command.subarray(5)) : status(0x6a88)
      case '00200001':
        if (!here) return status(0x6a88)
        return data.length === 0
          ? elliptic
            ? tries === 0
              ? status(0x6983)
              : status(0x63c0 | tries)
            : status(0x6700)
          : verify(data)
      case '002a9e9a':
        return sign(data)
      case '00880281':
        return prove(data)
      case '80e60000':
        verified = 0
        return done
    }
    return undefined
  }
  return {
    queue: (data) => (data.length <= 256 ? Buffer.concat([data, done]) : queue(data)),
    tries: () => tries,
    reset: () => {
      environment = undefined
      verified = 0
      waiting = new Uint8Array(0)
    },
    answer: (command, directory) => {
      const before = verified
      const answer = run(command, directory)
      if (command[1] !== 0x2a && command[1] !== 0xc0 && environment?.key === 0x83 && before > 0 && verified === before)
        verified -= 1
      return answer
    },
  }
}

/** ECDSA over a hash as it came, r and s side by side. */
function signHash(key: KeyObject, hash: Uint8Array): Uint8Array {
  const secret = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url')
  return p384.sign(hash, new Uint8Array(secret), { prehash: false, lowS: false, format: 'compact' })
}

function signRsa(key: KeyObject, algorithm: number, data: Uint8Array): Uint8Array | undefined {
  const hash = pssHash[algorithm]
  if (hash !== undefined)
    return data.length === pssLength[hash]
      ? privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encodePss(data, hash, 2048))
      : undefined
  const wrapping = digestInfo[algorithm]
  if (wrapping !== undefined && data.length !== wrapping.length) return undefined
  return privateEncrypt(
    { key, padding: constants.RSA_PKCS1_PADDING },
    Buffer.concat([Buffer.from(wrapping?.header ?? '', 'hex'), data]),
  )
}

/** EMSA-PSS of a hash (RFC 8017 §9.1.1), salt as long as the hash. */
function encodePss(hashed: Uint8Array, hash: 'sha1' | 'sha256', bits: number): Uint8Array {
  const digest = (...parts: readonly Uint8Array[]): Buffer => createHash(hash).update(Buffer.concat(parts)).digest()
  const salt = randomBytes(hashed.length)
  const h = digest(new Uint8Array(8), hashed, salt)
  const length = bits / 8 - h.length - 1
  const block = Buffer.concat([Buffer.alloc(length - salt.length - 1), Uint8Array.of(1), salt])
  for (let at = 0, counter = 0; at < length; at += h.length, counter += 1) {
    const mask = digest(h, Uint8Array.of(0, 0, 0, counter))
    for (let index = 0; index < mask.length && at + index < length; index += 1)
      block[at + index] = (block[at + index] ?? 0) ^ (mask[index] ?? 0)
  }
  block[0] = (block[0] ?? 0) & 0x7f
  return Buffer.concat([block, h, Uint8Array.of(0xbc)])
}
