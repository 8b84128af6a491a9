import { z } from 'zod'
import type { NoteKind } from '#shared/domain/closing/journalKind.ts'
import type { ReadHandle } from '../../store/handle.ts'
import { newestOfKind } from './journalRows.ts'

/** The kind of the link by which a person confirmed the clock. */
export const clockResetKind = 'clock.reset' satisfies NoteKind

const resetBody = z.looseObject({ acts: z.int().nonnegative() })

/** The newest act on its way to the platform: its number in the sequence, and when it was written. */
const newestAct = (db: ReadHandle): { readonly seq: number; readonly created_at: string } | undefined =>
  db.get<{ seq: number; created_at: string }>(
    `SELECT seq, created_at FROM outbox WHERE type <> 'ma.guichet.act.lost.v1' ORDER BY seq DESC LIMIT 1`,
  )

/** How many acts there are, by the number of the newest. */
export const actsWritten = (db: ReadHandle): number => newestAct(db)?.seq ?? 0

/**
 * The instant (milliseconds) behind which the wall clock must not stand: that of the newest act, or that at which a
 * person confirmed the clock since. A link that is no act, like a refused sign-in, holds nobody up.
 */
export function newestActTime(db: ReadHandle): number | undefined {
  const act = newestAct(db)
  const reset = newestOfKind(db, clockResetKind)
  const confirmed = reset === undefined ? undefined : resetBody.safeParse(JSON.parse(reset.body))
  if (reset !== undefined && (act === undefined || (confirmed?.data?.acts ?? -1) >= act.seq))
    return Date.parse(reset.at)
  return act === undefined ? undefined : Date.parse(act.created_at)
}
