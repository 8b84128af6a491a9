import { z } from 'zod'
import { ok, type Result } from '#shared/result.ts'
import type { WriteHandle } from '../store/handle.ts'
import { deleteSetting, findSetting, saveSetting } from '../store/settings.ts'
import type { Context } from './context.ts'

const rescueSetting = 'rescue'
const rescue = z.strictObject({
  /** The code of the supervisor. */
  by: z.string(),
  at: z.iso.datetime(),
  /** When the copy was made that took the place of the damaged register. */
  from: z.string(),
  /** Wrong tries before the right one. */
  tries: z.int().nonnegative(),
})

/** Keeps in a copy that it took the place of a damaged register. */
export const saveRescue = (db: WriteHandle, said: z.infer<typeof rescue>): void => {
  saveSetting(db, rescueSetting, said)
}

/**
 * Enters a rescue in the journal, with the tries that went before it; in quarantine it waits, since no link is added to a
 * journal that lost some. Faults: those of `Tx`.
 */
export function noteRescue({ store, journal, counter }: Pick<Context, 'store' | 'journal' | 'counter'>): Result<void> {
  const said = findSetting(store.db, rescueSetting, rescue)
  if (said === undefined || store.readOnlyReason() !== undefined) return ok(undefined)
  return store.upkeep((db) => {
    const { by, ...body } = said
    journal.append(db, { actor: by, kind: 'register.rescued', subject: counter, body })
    deleteSetting(db, rescueSetting)
    return ok(undefined)
  })
}
