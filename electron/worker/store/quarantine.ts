import { z } from 'zod'
import { faultOf, type Fault } from '#shared/fault.ts'
import { ok, type Result } from '#shared/result.ts'
import type { ReadHandle, WriteHandle } from './handle.ts'
import type { Store } from './open.ts'
import { revocation } from '../outbox/rows/link.ts'
import { deleteSetting, findSetting, saveSetting } from './settings.ts'

const quarantineSetting = 'quarantine'
const seriesSetting = 'series'
const movedSetting = 'moved'

/** A register that goes on at another machine. */
const moved = z.strictObject({
  /** Of this one move: the other machine takes it over by it. */
  id: z.uuid(),
  /** UTC instant. */
  at: z.string(),
})
export type Moved = z.infer<typeof moved>

/** To which move this register was given away, nothing when it was not. */
export const movedOut = (db: ReadHandle): Moved | undefined => findSetting(db, movedSetting, moved)

/** From now on it is read, not written, also after a restart; `undefined`: it was taken over here. */
export const saveMoved = (db: WriteHandle, what: Moved | undefined): void => {
  if (what === undefined) deleteSetting(db, movedSetting)
  else saveSetting(db, movedSetting, what)
}

/** Made once: each act asks for it. */
const seriesNumber = z.int().positive()

/**
 * What is known to be missing: links of the journal after the mark beside the register, acts that the platform holds,
 * or a link that it countersigned.
 */
export const missing = z.strictObject({
  by: z.enum(['mark', 'platform', 'head']),
  held: z.int().nonnegative(),
  known: z.int().positive(),
  series: z.int().positive().exactOptional(),
})
export type Missing = z.infer<typeof missing>

const faultFor = ({ by, held, known }: Missing): Fault =>
  by === 'head'
    ? faultOf('journal.contradicted', `${String(held)} held`, { seq: known })
    : faultOf('register.quarantined', `${by}: ${String(held)} held, ${String(known)} known`, { lost: known - held })

/** What put this register into quarantine, nothing when it is sound. */
export const standingQuarantine = (db: ReadHandle): Missing | undefined => findSetting(db, quarantineSetting, missing)

/**
 * Refuses acts for as long as the register is in quarantine, its device revoked, or it goes on at another machine, also after a restart; takes them
 * again otherwise.
 */
export function applyReadOnly(store: Store): void {
  const standing = standingQuarantine(store.db)
  const revoked = revocation(store.db)
  const moved = movedOut(store.db)
  store.endReadOnly('register.quarantined', 'journal.contradicted', 'device.revoked', 'register.movedOut')
  if (moved !== undefined) store.setReadOnly(faultOf('register.movedOut', moved.at))
  if (standing !== undefined) store.setReadOnly(faultFor(standing))
  if (revoked !== undefined) store.setReadOnly(revoked)
}

/** Refuses acts in this process alone: for whoever only looks. */
export function barMissing(store: Store, what: Missing): void {
  store.setReadOnly(faultFor(what))
}

/**
 * Refuses acts from now on, also after a restart, and whatever else `write` has to keep with it. Faults: those of `Tx`.
 */
export function enterQuarantine(
  store: Store,
  what: Missing,
  write: (db: WriteHandle) => void = () => undefined,
): Result<void> {
  // First in memory: a register that cannot even be written must not take an act.
  store.setReadOnly(faultFor(what))
  return store.upkeep((db) => {
    // What another witness said of the series before still holds.
    const series = Math.max(what.series ?? 1, standingQuarantine(db)?.series ?? 1)
    saveSetting(db, quarantineSetting, { ...what, ...(series === 1 ? {} : { series }) })
    write(db)
    return ok(undefined)
  })
}

/** Which series of this counter its numbers are given in, from 1. */
export const currentSeries = (db: ReadHandle): number => findSetting(db, seriesSetting, seriesNumber) ?? 1

/** Ends the quarantine inside the caller's transaction: numbers are given in the next series. Returns it. */
export function openNextSeries(db: WriteHandle): number {
  const next = Math.max(currentSeries(db) + 1, standingQuarantine(db)?.series ?? 1)
  saveSetting(db, seriesSetting, next)
  db.run('DELETE FROM settings WHERE key = ?', [quarantineSetting])
  return next
}
