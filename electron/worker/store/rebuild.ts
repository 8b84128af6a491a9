import { z } from 'zod'
import { ok } from '#shared/result.ts'
import type { WriteHandle } from './handle.ts'
import type { Store } from './open.ts'
import { findSetting, saveSetting } from './settings.ts'

const rebuildSetting = 'rebuild'
/**
 * Registers with more living bytes are not rebuilt: it would take the memory for a whole copy, and more time than a
 * counter has. Their freed pages are zeroed and used again.
 */
const rebuildLimit = 256 * 1024 * 1024

/** Something was wiped or moved out: the file is rebuilt when nobody is at the counter. */
export const owe = (db: WriteHandle): void => {
  saveSetting(db, rebuildSetting, true)
}

/**
 * Rebuilds the file if something was wiped since the last time; returns whether it did. Only while nobody waits for the
 * register.
 */
export function rebuildOwed({ store }: { readonly store: Store }): boolean {
  if (store.readOnlyReason() !== undefined || findSetting(store.db, rebuildSetting, z.boolean()) !== true) return false
  const { bytes, freeBytes } = store.facts()
  if (bytes - freeBytes > rebuildLimit || !store.rebuild().ok) return false
  return store.upkeep((db) => {
    saveSetting(db, rebuildSetting, false)
    return ok(true)
  }).ok
}
