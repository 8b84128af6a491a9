import { z } from 'zod'
import { sha256Hex, type Sha256 } from '#shared/ids.ts'
import { installedPlugin } from '#shared/ports/nationalCard.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Context } from '../../core/context.ts'
import type { Devices } from '../../core/workerOptions.ts'
import { findSetting, saveSetting } from '../../store/settings.ts'

/** Fingerprints of signers by their country, and the programs that read national cards. */
const installedParts = z.strictObject({
  signers: z.record(z.string(), z.array(sha256Hex)),
  plugins: z.array(installedPlugin),
})
type InstalledParts = z.infer<typeof installedParts>
const noted = 'trust.installed'

/**
 * Enters into the journal whom whoever administers the machine makes believed, and which programs read cards, whenever it
 * is not what was entered last: nobody at the counter chose it, and a verdict of that day is explained by it. Nothing where
 * the folder cannot be read (the screen of trust says so) or the register takes no acts. Faults: devices.down, those of
 * `Tx`.
 */
export async function noteInstalled(
  { store, journal, counter }: Context,
  { signers, plugins }: Pick<Devices, 'signers' | 'plugins'>,
): Promise<Result<void>> {
  const [found, programs] = [await signers.installed(), await plugins?.()]
  if (programs === undefined) return ok(undefined)
  if (!programs.ok) return programs
  if (!found.ok) return found.fault.code === 'devices.down' ? found : ok(undefined)
  const now: InstalledParts = {
    signers: byCountry(found.value),
    plugins: programs.value.map(({ name, sha256 }) => ({ name, sha256 })).sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
  if (store.readOnlyReason() !== undefined) return ok(undefined)
  return store.tx((db) => {
    const before = findSetting(db, noted, installedParts) ?? { signers: {}, plugins: [] }
    if (JSON.stringify(before) === JSON.stringify(now)) return ok(undefined)
    saveSetting(db, noted, now)
    journal.append(db, {
      actor: 'counter',
      kind: 'trust.installed',
      subject: counter,
      body: {
        added: without(now.signers, before.signers),
        removed: without(before.signers, now.signers),
        plugins: now.plugins,
      },
    })
    return ok(undefined)
  })
}

type Signers = InstalledParts['signers']
const byCountry = (found: readonly { readonly country: string; readonly fingerprint: Sha256 }[]): Signers => {
  const sorted: Record<string, Sha256[]> = {}
  for (const { country, fingerprint } of [...found].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)))
    (sorted[country] ??= []).push(fingerprint)
  return Object.fromEntries(Object.entries(sorted).sort(([a], [b]) => (a < b ? -1 : 1)))
}

const without = (all: Signers, those: Signers): Signers =>
  Object.fromEntries(
    Object.entries(all).flatMap(([country, fingerprints]) => {
      const left = fingerprints.filter((one) => those[country]?.includes(one) !== true)
      return left.length === 0 ? [] : [[country, left]]
    }),
  )
