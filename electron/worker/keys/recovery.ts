import { hkdfSync } from 'node:crypto'
import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { keyPath } from './openKey.ts'
import { wrapByPassphrase } from './passphrase.ts'
import { readWhole, writeWhole } from './wholeFile.ts'

/**
 * The register's key as an age file (age-encryption.org/v1, X25519) for the office's recovery key: whoever holds the
 * private half of that, which is on no counter, opens the register without keystore and passphrase.
 */
const wrappedKey = z.strictObject({
  version: z.literal(1),
  /** For whom, `age1…`. */
  recipient: z.string(),
  /** Which key this is; tells nothing of it. */
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  /** The age file, base64. */
  blob: z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/),
})

/** Where it lies: in a data folder, and beside the copies of its register. */
export const recoveryFile = (folder: string): string => join(folder, 'recovery.json')

/** The recovery key of an office, new: the private half for a safe, the public one for the settings of each machine. */
export async function makeRecoveryKey(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption')
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** For whom the key of a folder is wrapped besides; nothing where it is for nobody. Fault: register.corrupt. */
export function wrappedFor(folder: string): Result<{ readonly recipient: string; readonly keyId: string } | undefined> {
  const read = readWrapped(folder)
  return read.ok && read.value !== undefined
    ? ok({ recipient: read.value.recipient, keyId: read.value.keyId })
    : read.ok
      ? ok(undefined)
      : read
}

/**
 * Wraps the key of a data folder for this recipient, unless that is so already. A recipient that is none is
 * recovery.wrongKey. Faults besides: those of `writeWhole`.
 * @param key the raw key of the register
 * @returns whether it was written anew
 */
export async function wrapForRecovery(folder: string, key: Uint8Array, recipient: string): Promise<Result<boolean>> {
  const known = wrappedFor(folder)
  const keyId = idOf(key)
  if (known.ok && known.value?.recipient === recipient && known.value.keyId === keyId) return ok(false)
  const blob = await seal(key, recipient)
  if (blob === undefined) return err(faultOf('recovery.wrongKey', 'recoveryKey is no public key of age'))
  const file: z.infer<typeof wrappedKey> = { version: 1, recipient, keyId, blob }
  const written = writeWhole(recoveryFile(folder), `${JSON.stringify(file, undefined, 2)}\n`)
  return written.ok ? ok(true) : written
}

/**
 * The raw key of a folder, by the private half of the recovery key.
 * Faults: recovery.none (nothing is wrapped there), recovery.wrongKey, register.corrupt.
 * @param identity `AGE-SECRET-KEY-1…`, or a key file with comments
 */
export async function recoverKey(folder: string, identity: string): Promise<Result<Uint8Array>> {
  const file = readWrapped(folder)
  if (!file.ok) return file
  if (file.value === undefined) return err(faultOf('recovery.none'))
  const secret = /^AGE-SECRET-KEY-1[0-9A-Z]+$/mu.exec(identity.replaceAll('\r', ''))?.[0]
  const { Decrypter } = await import('age-encryption')
  try {
    const decrypter = new Decrypter()
    decrypter.addIdentity(secret ?? '')
    const key = await decrypter.decrypt(Buffer.from(file.value.blob, 'base64'))
    if (key.byteLength !== 32 || idOf(key) !== file.value.keyId)
      return err(faultOf('register.corrupt', 'recovery.json'))
    return ok(key)
  } catch {
    return err(faultOf('recovery.wrongKey'))
  }
}

/**
 * Gives a data folder its key again, wrapped by a passphrase; the file that wrapped it before is kept beside it.
 * Faults: those of `writeWhole`.
 */
export async function rewrapKey(folder: string, key: Uint8Array, passphrase: string, now: Date): Promise<Result<void>> {
  const wrapped = await wrapByPassphrase(key, passphrase)
  const path = keyPath(folder)
  // The old one first: between the two there is a moment without any, and the recovery file still opens the register.
  if (existsSync(path)) renameSync(path, `${path}.${now.toISOString().slice(0, 19).replaceAll(':', '-')}`)
  return writeWhole(path, `${JSON.stringify(wrapped, undefined, 2)}\n`)
}

const idOf = (key: Uint8Array): string =>
  Buffer.from(hkdfSync('sha256', key, new Uint8Array(), 'guichet recovery', 8)).toString('hex')

const seal = async (key: Uint8Array, recipient: string): Promise<string | undefined> => {
  const { Encrypter } = await import('age-encryption')
  try {
    const encrypter = new Encrypter()
    encrypter.addRecipient(recipient)
    return Buffer.from(await encrypter.encrypt(new Uint8Array(key))).toString('base64')
  } catch {
    return undefined
  }
}

const readWrapped = (folder: string): Result<z.infer<typeof wrappedKey> | undefined> => {
  const text = readWhole(recoveryFile(folder))
  if (!text.ok) return text
  if (text.value === undefined) return ok(undefined)
  try {
    const parsed = wrappedKey.safeParse(JSON.parse(text.value))
    return parsed.success ? ok(parsed.data) : err(faultOf('register.corrupt', 'recovery.json cannot be read'))
  } catch {
    return err(faultOf('register.corrupt', 'recovery.json cannot be read'))
  }
}
