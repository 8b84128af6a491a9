import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Keystore } from '#shared/contract/mainKeystore.ts'
import { readJson } from '#shared/domain/readJson.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { osCode, readWhole, syncFolder, writeWhole } from '../disk/wholeFile.ts'
import { stationFile } from './makeOffice.ts'

/** What a station keeps secret. */
const stationKeys = z.strictObject({
  /** Of the station itself: PEM, PKCS#8. */
  key: z.string(),
  /** Of the office, which marks whose appointments are whose: 32 bytes in base64. Offices of before have none. */
  personKey: z.string().exactOptional(),
})
export type StationKeys = z.infer<typeof stationKeys>

/** `hall/keys.json`: the keys as JSON, as the keystore wrapped them. */
const wrappedKeys = z.strictObject({ version: z.literal(1), wrap: z.literal('keystore'), blob: z.base64() })

/**
 * The keys of a station. One that lies in clear beside the wrapped ones was put there later, or was about to be removed
 * when the power went: it counts. Faults: hall.roster (there is no key), hall.keystore, hall.disk.
 */
export async function readKeys(dataDir: string, keystore?: Keystore): Promise<Result<StationKeys>> {
  try {
    const clear = await keysInClear(dataDir)
    // Whoever puts both back needs no keystore for it: so a station goes on whose keystore was lost.
    const kept = clear.key !== undefined && clear.personKey !== undefined ? ok({}) : await unwrapKeys(dataDir, keystore)
    if (!kept.ok) return kept
    const keys = stationKeys.safeParse({ ...kept.value, ...clear })
    return keys.success ? ok(keys.data) : err(faultOf('hall.roster', `no station in ${dataDir}`))
  } catch (cause) {
    return err(faultOf('hall.disk', osCode(cause)))
  }
}

/**
 * Has the keys of a station that runs with them wrapped, and removes those in clear. Nothing is removed before the
 * wrapped ones are on disk and were opened again. Faults: hall.keystore, hall.roster, hall.disk: they lie as before.
 */
export async function wrapKeys(dataDir: string, keystore: Keystore): Promise<Result<void>> {
  try {
    if (Object.keys(await keysInClear(dataDir)).length === 0) return ok(undefined)
    const keys = await readKeys(dataDir, keystore)
    if (!keys.ok) return keys
    const text = JSON.stringify(keys.value)
    const blob = await keystore.wrap(Buffer.from(text))
    const again = blob.ok ? await keystore.unwrap(blob.value) : blob
    if (!blob.ok || !again.ok || Buffer.from(again.value).toString() !== text)
      return err(faultOf('hall.keystore', again.ok ? 'it gives back something else' : again.fault.detail))
    const path = join(dataDir, stationFile.wrappedKeys)
    const file = { version: 1, wrap: 'keystore', blob: Buffer.from(blob.value).toString('base64') } as const
    await writeWhole(path, `${JSON.stringify(file satisfies z.infer<typeof wrappedKeys>, undefined, 2)}\n`)
    for (const name of [stationFile.key, stationFile.personKey]) await rm(join(dataDir, name), { force: true })
    await syncFolder(dirname(path))
    return ok(undefined)
  } catch (cause) {
    return err(faultOf('hall.disk', osCode(cause)))
  }
}

async function keysInClear(dataDir: string): Promise<Partial<StationKeys>> {
  const key = await readWhole(join(dataDir, stationFile.key))
  const personKey = await readWhole(join(dataDir, stationFile.personKey))
  return { ...(key === undefined ? {} : { key }), ...(personKey === undefined ? {} : { personKey }) }
}

async function unwrapKeys(dataDir: string, keystore: Keystore | undefined): Promise<Result<Partial<StationKeys>>> {
  const text = await readWhole(join(dataDir, stationFile.wrappedKeys))
  if (text === undefined) return ok({})
  const damaged = err(faultOf('hall.roster', stationFile.wrappedKeys))
  const file = wrappedKeys.safeParse(readJson(text))
  if (!file.success) return damaged
  if (keystore === undefined) return err(faultOf('hall.keystore', 'none here'))
  const opened = await keystore.unwrap(Buffer.from(file.data.blob, 'base64'))
  if (!opened.ok) return err(faultOf('hall.keystore', opened.fault.detail))
  const keys = stationKeys.safeParse(readJson(Buffer.from(opened.value).toString()))
  return keys.success ? ok(keys.data) : damaged
}
