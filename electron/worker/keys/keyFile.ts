import { z } from 'zod'

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/)

/** A key under a passphrase. */
export const passphraseKeyFile = z.strictObject({
  version: z.literal(1),
  wrap: z.literal('passphrase'),
  kdf: z.strictObject({
    name: z.literal('argon2id'),
    memoryKiB: z.int().min(8192).max(4_194_304),
    passes: z.int().min(1).max(64),
    lanes: z.int().min(1).max(64),
    salt: base64,
  }),
  cipher: z.strictObject({ name: z.literal('aes-256-gcm'), nonce: base64, tag: base64 }),
  blob: base64,
})
export type PassphraseKeyFile = z.infer<typeof passphraseKeyFile>

/** `key.json`: the key of the register, never in clear. `blob` is what the keystore gave, or the encrypted key. */
export const keyFile = z.discriminatedUnion('wrap', [
  z.strictObject({ version: z.literal(1), wrap: z.literal('keystore'), blob: base64 }),
  passphraseKeyFile,
])
export type KeyFile = z.infer<typeof keyFile>
