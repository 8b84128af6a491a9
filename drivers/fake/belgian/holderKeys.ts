import { createECDH, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

/** The two families of cards: RSA 2048 of applets up to 1.7, P-384 of applet 1.8. */
export type KeyKind = 'rsa' | 'ec'

export interface KeyPair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

/** The keys of a card that its PIN opens: 82 for authentication, 83 for signatures. */
export interface HolderKeys {
  readonly kind: KeyKind
  readonly authentication: KeyPair
  readonly signature: KeyPair
}

const generate = promisify(generateKeyPair)

/** A fresh key pair of a family. */
export const keyPair = (kind: KeyKind): Promise<KeyPair> =>
  kind === 'rsa' ? generate('rsa', { modulusLength: 2048 }) : generate('ec', { namedCurve: 'P-384' })

/** The same P-384 pair for the same 48 bytes: for a simulated card that is recognised from one start to the next. */
export function fixedKeyPair(secret: Uint8Array): KeyPair {
  const curve = createECDH('secp384r1')
  curve.setPrivateKey(secret)
  const point = curve.getPublicKey()
  const jwk = {
    kty: 'EC',
    crv: 'P-384',
    x: point.subarray(1, 49).toString('base64url'),
    y: point.subarray(49).toString('base64url'),
    d: Buffer.from(secret).toString('base64url'),
  }
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' })
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

/** Fresh keys for the holder of a card. */
export async function createHolderKeys(kind: KeyKind): Promise<HolderKeys> {
  const [authentication, signature] = await Promise.all([keyPair(kind), keyPair(kind)])
  return { kind, authentication, signature }
}
