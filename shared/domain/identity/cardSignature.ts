import { z } from 'zod'
import { chainVerdict } from './identity.ts'

/** How a card signs: RSA by PKCS#1 v1.5 or PSS (salt as long as the hash), elliptic keys with r and s side by side. */
export const signScheme = z.enum([
  'rsa-pkcs1-sha1',
  'rsa-pkcs1-sha256',
  'rsa-pss-sha1',
  'rsa-pss-sha256',
  'ecdsa-sha256',
  'ecdsa-sha384',
  'ecdsa-sha512',
])
export type SignScheme = z.infer<typeof signScheme>

/** Hash, kind of key and padding of each scheme. */
export const signSchemes = {
  'rsa-pkcs1-sha1': { hash: 'sha1', family: 'rsa', pss: false },
  'rsa-pkcs1-sha256': { hash: 'sha256', family: 'rsa', pss: false },
  'rsa-pss-sha1': { hash: 'sha1', family: 'rsa', pss: true },
  'rsa-pss-sha256': { hash: 'sha256', family: 'rsa', pss: true },
  'ecdsa-sha256': { hash: 'sha256', family: 'ec', pss: false },
  'ecdsa-sha384': { hash: 'sha384', family: 'ec', pss: false },
  'ecdsa-sha512': { hash: 'sha512', family: 'ec', pss: false },
} as const satisfies Record<SignScheme, { hash: string; family: 'rsa' | 'ec'; pss: boolean }>

/** The key that shows who is there, and the one that signs in the holder's name. */
export const signKey = z.enum(['authentication', 'signature'])
export type SignKey = z.infer<typeof signKey>

/** A signature by the key of a card. `certificate` is DER; `chain` says whether its issuer comes from a pinned root. */
export const cardSignature = z.strictObject({
  profile: z.string(),
  reader: z.string(),
  simulated: z.boolean(),
  key: signKey,
  scheme: signScheme,
  signature: z.instanceof(Uint8Array),
  certificate: z.instanceof(Uint8Array),
  chain: chainVerdict,
})
export type CardSignature = z.infer<typeof cardSignature>

/** What the card in a reader needs before it signs. `tries` is known before a PIN is tried only on the newest cards. */
export const signState = z.strictObject({
  reader: z.string(),
  simulated: z.boolean(),
  /** The PIN is typed on the reader itself. */
  pinpad: z.boolean(),
  tries: z.int().min(0).max(15).exactOptional(),
})
export type SignState = z.infer<typeof signState>

/** Digits of a PIN as ASCII bytes: bytes, since they can be wiped. */
export const pinBytes = z
  .instanceof(Uint8Array)
  .refine((pin) => pin.length >= 4 && pin.length <= 12 && pin.every((byte) => byte >= 0x30 && byte <= 0x39))
