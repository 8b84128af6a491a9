import type { ClockResetReason } from '#shared/domain/clock/reset.ts'
import { allows } from '#shared/domain/roles.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { actsWritten, clockResetKind } from '../../journal/rows/clockRows.ts'

/**
 * The way back after a clock that was wrong: a person looks at the date and the time and says that they are right, and
 * it is in the journal who, why, and by how much they differed. From then on acts are measured from here. Ahead is
 * anybody's to confirm who is signed in; behind, acts already bear later times, and somebody has to answer for the
 * order: who may supervise the counter. A clock that is not doubted is left alone.
 * Faults: session.forbidden, those of `Tx`.
 */
export function resetClock(
  { store, journal, counter }: Context,
  who: SignedIn,
  reason: ClockResetReason,
): Result<Record<string, never>> {
  const doubt = journal.clockDoubt()
  if (doubt === undefined) return ok({})
  if (doubt.kind !== 'ahead' && !allows(who.view.roles, 'superviseCounter')) return err(faultOf('session.forbidden'))
  return store.tx((db) => {
    journal.confirmClock()
    journal.append(db, {
      actor: who.code,
      kind: clockResetKind,
      subject: counter,
      body: { doubt: doubt.kind, ms: doubt.ms, reason, acts: actsWritten(db) },
    })
    return ok({})
  })
}
