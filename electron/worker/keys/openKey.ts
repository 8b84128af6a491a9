import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Keystore } from '#shared/contract/mainKeystore.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { keyFile, type KeyFile } from './keyFile.ts'
import { shortestPassphrase, unwrapByPassphrase, wrapByPassphrase } from './passphrase.ts'
import { readWhole, writeWhole } from './wholeFile.ts'

/** What the data folder holds of the key: nothing yet, or how it is wrapped. */
export type KeyState = 'absent' | 'keystore' | 'passphrase'

/** The register's file inside a data folder. */
export const registerFile = (dataDir: string): string => join(dataDir, 'register.db')
/** The file that wraps the key of a data folder. */
export const keyPath = (dataDir: string): string => join(dataDir, 'key.json')

/**
 * How the key of a data folder is wrapped. Faults: register.corrupt (a register whose key is lost or unreadable),
 * register.readOnly.
 */
export function keyState(dataDir: string): Result<KeyState> {
  const file = readKeyFile(dataDir)
  return file.ok ? ok(file.value?.wrap ?? 'absent') : file
}

/**
 * The raw 32-byte key of a data folder, made on first use: wrapped by the keystore where there is one, else by the
 * passphrase.
 * Faults: register.locked (a passphrase is needed), register.badPassphrase, register.noKeystore, register.otherKeystore, register.corrupt,
 * register.diskFull, register.readOnly.
 */
export async function openKey(
  dataDir: string,
  means: { keystore?: Keystore; passphrase?: string },
): Promise<Result<Uint8Array>> {
  const file = readKeyFile(dataDir)
  if (!file.ok) return file
  return file.value === undefined ? await makeKey(dataDir, means) : await unwrap(file.value, means)
}

const readKeyFile = (dataDir: string): Result<KeyFile | undefined> => {
  const text = readWhole(keyPath(dataDir))
  if (!text.ok) return text
  if (text.value === undefined)
    return existsSync(registerFile(dataDir)) ? err(faultOf('register.corrupt', 'key.json is missing')) : ok(undefined)
  const parsed = keyFile.safeParse(parsedJson(text.value))
  return parsed.success ? ok(parsed.data) : err(faultOf('register.corrupt', 'key.json cannot be read'))
}

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const unwrap = async (
  file: KeyFile,
  { keystore, passphrase }: { keystore?: Keystore; passphrase?: string },
): Promise<Result<Uint8Array>> => {
  if (file.wrap === 'passphrase')
    return passphrase === undefined ? err(faultOf('register.locked')) : await unwrapByPassphrase(file, passphrase)
  return keystore === undefined
    ? err(faultOf('register.noKeystore'))
    : await keystore.unwrap(Buffer.from(file.blob, 'base64'))
}

const makeKey = async (
  dataDir: string,
  { keystore, passphrase }: { keystore?: Keystore; passphrase?: string },
): Promise<Result<Uint8Array>> => {
  const key = randomBytes(32)
  const file = await wrapFresh(key, keystore, passphrase)
  if (!file.ok) return file
  // On disk before the register exists: a register without its key would be lost.
  const written = writeWhole(keyPath(dataDir), `${JSON.stringify(file.value, undefined, 2)}\n`)
  return written.ok ? ok(key) : written
}

const wrapFresh = async (
  key: Uint8Array,
  keystore: Keystore | undefined,
  passphrase: string | undefined,
): Promise<Result<KeyFile>> => {
  if (keystore !== undefined) {
    const blob = await keystore.wrap(key)
    return blob.ok ? ok({ version: 1, wrap: 'keystore', blob: Buffer.from(blob.value).toString('base64') }) : blob
  }
  if (passphrase === undefined) return err(faultOf('register.locked'))
  if (passphrase.length < shortestPassphrase)
    return err(faultOf('register.badPassphrase', `shorter than ${String(shortestPassphrase)} letters`))
  return ok(await wrapByPassphrase(key, passphrase))
}
