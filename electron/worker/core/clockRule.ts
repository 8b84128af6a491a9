import { allows } from '#shared/domain/roles.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { Moment } from '../journal/timekeeper.ts'
import { readLimits } from '../store/settings.ts'
import type { Context, SignedIn } from './context.ts'

/**
 * What every act asks before it is written: a clock that stands behind what is already written is flagged on the act,
 * and beyond the
 * limit somebody has to answer for it. Fault: clock.behind, for whoever may not supervise this counter.
 */
export const clockFault = (
  { store }: Pick<Context, 'store'>,
  who: Pick<SignedIn, 'view'>,
  { backMs }: Moment,
): Fault | undefined =>
  backMs > readLimits(store.db).clockBackMinutes * 60_000 && !allows(who.view.roles, 'superviseCounter')
    ? faultOf('clock.behind', undefined, { minutes: Math.round(backMs / 60_000) })
    : undefined
