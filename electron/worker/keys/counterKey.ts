import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { fingerprintOf } from '#shared/domain/enrolment.ts'
import type { CounterId } from '#shared/ids.ts'
import type { Result } from '#shared/result.ts'
import { counterKeyOf, serialiseCounterKeys, type CounterKey, type PublicJwk } from '../seal/keys.ts'
import { counterKeyRows, insertCounterKey } from './rows/counterKeys.ts'
import type { ReadHandle, WriteHandle } from '../store/handle.ts'
import { readWhole, writeWhole } from './wholeFile.ts'

/** The key with which this counter seals receipts and speaks to the platform. */
export interface CounterKeyPair {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: PublicJwk
}

/** The list of this counter's public keys inside a data folder: all that a verifier of its receipts needs. */
export const counterKeysFile = (dataDir: string): string => join(dataDir, 'counter-keys.json')

/**
 * Makes the counter's P-256 key inside the transaction that creates the register.
 * @param at UTC instant; the key is valid from that whole second, the unit of time of a seal
 */
export function makeCounterKey(db: WriteHandle, counter: CounterId, at: string): void {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const madeAt = `${at.slice(0, 19)}Z`
  const { kid } = counterKeyOf(privateKey, counter, madeAt)
  insertCounterKey(db, { kid, privatePkcs8: privateKey.export({ type: 'pkcs8', format: 'der' }), madeAt })
}

/** The key in use. */
export function readCounterKey(db: ReadHandle, counter: CounterId): CounterKeyPair {
  const newest = counterKeyRows(db)[0]
  if (newest === undefined) throw new Error('the register has no counter key')
  const privateKey = privateOf(newest.privatePkcs8)
  return { kid: newest.kid, privateKey, publicKey: counterKeyOf(privateKey, counter, newest.madeAt).jwk }
}

/** What both sides show of a device's key: from its RFC 7638 thumbprint, whose members stand in this order. */
export const fingerprintOfKey = ({ crv, kty, x, y }: PublicJwk): string =>
  fingerprintOf(createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url'))

/** The public half of every key that this counter ever signed with. */
export const publicKeysOf = (db: ReadHandle, counter: CounterId): readonly CounterKey[] =>
  counterKeyRows(db).map((row) => counterKeyOf(privateOf(row.privatePkcs8), counter, row.madeAt))

/** Every public key that this counter signed with, by its kid. */
export const counterPublicKeys = (db: ReadHandle, counter: CounterId): ReadonlyMap<string, PublicJwk> =>
  new Map(
    counterKeyRows(db).map((row) => [row.kid, counterKeyOf(privateOf(row.privatePkcs8), counter, row.madeAt).jwk]),
  )

/**
 * Writes the public keys beside the register when the file is not the same already. Faults: register.diskFull,
 * register.readOnly.
 */
export function publishCounterKeys(dataDir: string, db: ReadHandle, counter: CounterId): Result<void> {
  const text = serialiseCounterKeys(publicKeysOf(db, counter))
  const current = readWhole(counterKeysFile(dataDir))
  return current.ok && current.value === text
    ? { ok: true, value: undefined }
    : writeWhole(counterKeysFile(dataDir), text)
}

const privateOf = (pkcs8: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
