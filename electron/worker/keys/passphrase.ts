import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { PassphraseKeyFile } from './keyFile.ts'

/** Argon2id cost: the second recommended profile of RFC 9106 §4 with four lanes. */
export const argon2Cost = { memoryKiB: 65_536, passes: 3, lanes: 4 } as const

/** A shorter passphrase is not taken for a new key, in letters. */
export const shortestPassphrase = 8

const derive = (passphrase: string, kdf: PassphraseKeyFile['kdf']): Promise<Buffer> =>
  hashRaw(passphrase.normalize('NFKC'), {
    memoryCost: kdf.memoryKiB,
    timeCost: kdf.passes,
    parallelism: kdf.lanes,
    outputLen: 32,
    salt: Buffer.from(kdf.salt, 'base64'),
  })

/** Encrypts a key under a passphrase (Argon2id, AES-256-GCM with a fresh salt and nonce). */
export async function wrapByPassphrase(key: Uint8Array, passphrase: string): Promise<PassphraseKeyFile> {
  const kdf = { name: 'argon2id', ...argon2Cost, salt: randomBytes(16).toString('base64') } as const
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, kdf), nonce)
  const blob = Buffer.concat([cipher.update(key), cipher.final()])
  return {
    version: 1,
    wrap: 'passphrase',
    kdf,
    cipher: { name: 'aes-256-gcm', nonce: nonce.toString('base64'), tag: cipher.getAuthTag().toString('base64') },
    blob: blob.toString('base64'),
  }
}

/** Gives the key back. Fault: register.badPassphrase. */
export async function unwrapByPassphrase(file: PassphraseKeyFile, passphrase: string): Promise<Result<Uint8Array>> {
  const nonce = Buffer.from(file.cipher.nonce, 'base64')
  const tag = Buffer.from(file.cipher.tag, 'base64')
  const secret = await derive(passphrase, file.kdf)
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: 16 })
    decipher.setAuthTag(tag)
    return ok(Buffer.concat([decipher.update(Buffer.from(file.blob, 'base64')), decipher.final()]))
  } catch {
    return err(faultOf('register.badPassphrase'))
  }
}
