import type { CorrectionView } from '#shared/contract/features/corrections/calls.ts'
import { allows } from '#shared/domain/roles.ts'
import type { Result } from '#shared/result.ts'
import { repairTogether, type RepairOrder } from '../../acts/repairAct.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import type { Credentials } from '../../core/signIn.ts'
import { shownCorrection } from './viewCorrection.ts'

/** A decision for four eyes: `second` is another person's own login and password, typed at this counter. */
export interface JointOrder extends RepairOrder {
  readonly second: Credentials
}

/**
 * Cancels a number, or lets a refused deposit stand: two people who may serve citizens, both named in the journal.
 * Faults: those of `repairTogether`.
 */
export const decideTogether = (
  context: Context,
  who: SignedIn,
  kind: 'cancelled' | 'overridden',
  { second, ...order }: JointOrder,
): Promise<Result<CorrectionView>> =>
  repairTogether(context, who, {
    order,
    kind,
    show: (act) => shownCorrection(context, who, act),
    second,
    may: (roles) => allows(roles, 'serveCitizens'),
  })
