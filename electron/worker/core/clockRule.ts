import { day, minute } from '#shared/domain/clock/units.ts'
import { allows } from '#shared/domain/roles.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { Moment } from '../journal/timekeeper.ts'
import { readLimits } from '../store/settings.ts'
import type { Context, SignedIn } from './context.ts'

/**
 * What every act asks before it is written. A clock that stands behind the newest act is flagged on the act, and beyond
 * the limit somebody has to answer for it, at each act or once by `resetClock`. A clock that is doubtfully ahead is
 * flagged too; the number of an act never goes into the next year by it before a person confirmed the date.
 * Faults: clock.behind (`minutes`), for whoever may not supervise this counter; clock.ahead (`days`), for everybody.
 */
export const clockFault = (
  { store }: Pick<Context, 'store'>,
  who: Pick<SignedIn, 'view'>,
  { at, backMs, aheadMs }: Moment,
): Fault | undefined => {
  if (backMs > readLimits(store.db).clockBackMinutes * minute && !allows(who.view.roles, 'superviseCounter'))
    return faultOf('clock.behind', undefined, { minutes: Math.round(backMs / minute) })
  return aheadMs > 0 && yearOf(Date.parse(at) - aheadMs) !== yearOf(Date.parse(at)) ? aheadFault(aheadMs) : undefined
}

/** How the clock stands ahead, in days. */
export const aheadFault = (aheadMs: number): Fault =>
  faultOf('clock.ahead', undefined, { days: Math.round(aheadMs / day) })

/** What is known of the time stands days away from New Year here, or the clock would not be doubtful: UTC will do. */
const yearOf = (instant: number): number => new Date(instant).getUTCFullYear()
