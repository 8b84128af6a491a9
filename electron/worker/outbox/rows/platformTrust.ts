import { z } from 'zod'
import { platformKeysAnswer, type PlatformKey } from '#shared/contract/heads.ts'
import type { OfficeFile } from '#shared/contract/officeFile.ts'
import { isPlatformAddress } from '#shared/domain/platformAddress.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Journal } from '../../journal/journal.ts'
import { followKeys } from '../../journal/platformText.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import type { Store } from '../../store/open.ts'
import { standingQuarantine } from '../../store/quarantine.ts'
import { findSetting, saveSetting } from '../../store/settings.ts'
import type { PlatformTrust } from '../ports.ts'
import { readLink } from './link.ts'

const keysSetting = 'platformKeys'
const addressSetting = 'platformAddress'

/** The keys by which this counter knows its platform, newest first; none while it knows none. */
export const pinnedKeys = (db: ReadHandle): readonly PlatformKey[] =>
  findSetting(db, keysSetting, platformKeysAnswer)?.keys ?? []

/** From now on the counter knows its platform by these, newest first. */
export const pinKeys = (db: WriteHandle, keys: readonly PlatformKey[]): void => {
  saveSetting(db, keysSetting, { keys: keys.slice(0, 20) })
}

/**
 * Where the platform is. What an office file brought stands in the register and wins: whoever starts the program does
 * not say where acts go. A register that none began, as that of a demonstration, takes what was given.
 */
export const platformAddress = (db: ReadHandle, given: string | undefined): string | undefined =>
  findSetting(db, addressSetting, z.string().refine(isPlatformAddress)) ?? given

/**
 * Why no number is given: an office file named the platform, and that has not approved this machine yet. Two machines, or
 * two accounts of one, that began with the same file would otherwise give the same numbers; of them the platform approves
 * one. Nothing when numbers may be given: a demonstration knows no office file.
 */
export const unapproved = (db: ReadHandle): Fault | undefined =>
  platformAddress(db, undefined) !== undefined && readLink(db).enrolledAt === undefined
    ? faultOf('device.notApproved')
    : undefined

/** From now on the platform is the one of this office file. Keys of before stay last: what they signed still counts. */
export function savePlatform(db: WriteHandle, { address, keys: [newest] }: OfficeFile['platform']): void {
  if (newest === undefined) throw new Error('unreachable: an office file has a key')
  const before = pinnedKeys(db).filter((one) => one.kid !== newest.kid)
  pinKeys(db, [newest, ...before])
  saveSetting(db, addressSetting, address)
}

/**
 * What a counter believes its platform by. A register that cannot be written throws.
 * @param demo the first key that is met is believed
 */
export function createPlatformTrust(store: Store, journal: Journal, demo: boolean): PlatformTrust {
  const keep = (keys: readonly PlatformKey[], kind: 'platform.keyMet' | 'platform.keyFollowed'): void => {
    const done = store.upkeep((db): Result<undefined> => {
      pinKeys(db, keys)
      if (standingQuarantine(db) === undefined)
        journal.append(db, { actor: 'counter', kind, subject: keys[0]?.kid ?? '', body: {} })
      return ok(undefined)
    })
    if (!done.ok) throw new Error(`the platform's key cannot be written: ${done.fault.code}`)
  }
  const keys = (): readonly PlatformKey[] => pinnedKeys(store.db)
  return {
    keys,
    follow: (published) => {
      const known = keys()
      if (known.length === 0) {
        if (demo) keep(published.slice(0, 1), 'platform.keyMet')
        return demo
      }
      const followed = followKeys(known, published)
      if (followed !== undefined) keep(followed, 'platform.keyFollowed')
      return followed !== undefined
    },
    believesFirst: demo,
  }
}
