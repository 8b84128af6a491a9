import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { Result } from '#shared/result.ts'
import { ok } from '#shared/result.ts'
import { passphraseKeyFile } from './keyFile.ts'
import { unwrapByPassphrase, wrapByPassphrase } from './passphrase.ts'

/** A person's own key at this counter: its private half is wrapped by what Argon2id makes of the password. */
export const accountKeyFile = z.strictObject({
  /** P-256, SPKI in DER, base64url. */
  publicKey: z.string(),
  wrapped: passphraseKeyFile,
})
export type AccountKeyFile = z.infer<typeof accountKeyFile>

/** Makes a new key under a password. */
export async function makeAccountKey(
  password: string,
): Promise<{ readonly file: AccountKeyFile; readonly privateKey: KeyObject }> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const wrapped = await wrapByPassphrase(privateKey.export({ type: 'pkcs8', format: 'der' }), password)
  return {
    file: { publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'), wrapped },
    privateKey,
  }
}

/** The private key, which only the right password gives back. Fault: register.badPassphrase. */
export async function openAccountKey(file: AccountKeyFile, password: string): Promise<Result<KeyObject>> {
  const pkcs8 = await unwrapByPassphrase(file.wrapped, password)
  return pkcs8.ok ? ok(createPrivateKey({ key: Buffer.from(pkcs8.value), format: 'der', type: 'pkcs8' })) : pkcs8
}

/** What is signed when a session opens: who, where, and when by the journal's clock. */
export interface Opening {
  readonly counter: string
  readonly code: string
  readonly hlc: string
}
const text = ({ counter, code, hlc }: Opening): Buffer =>
  Buffer.from(`guichet session opened\n${counter}\n${code}\n${hlc}`)

/** ECDSA with SHA-256 over an opening, r||s, base64url. */
export const signOpening = (opening: Opening, key: KeyObject): string =>
  sign('sha256', text(opening), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')

/** Whether an opening was signed by the private half of this key. */
export function isOpeningSigned(opening: Opening, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' })
    return verify('sha256', text(opening), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}
