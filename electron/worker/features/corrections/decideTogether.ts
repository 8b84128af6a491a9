import type { CorrectionView } from '#shared/contract/features/corrections.ts'
import { allows } from '#shared/domain/roles.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { saveTries } from '../../core/rows/accounts.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { repairAct, type RepairOrder } from './repairAct.ts'
import { proveWho, type Credentials } from '../../core/signIn.ts'

/** A decision for four eyes: `second` is another person's own login and password, typed at this counter. */
export interface JointOrder extends RepairOrder {
  readonly second: Credentials
}

/**
 * Cancels a number, or lets a refused deposit stand: two people who may serve citizens, both named in the journal.
 * Faults: correction.samePerson (or one who may not), those of `proveWho` and of `repairAct`.
 */
export async function decideTogether(
  context: Context,
  who: SignedIn,
  kind: 'cancelled' | 'overridden',
  order: JointOrder,
): Promise<Result<CorrectionView>> {
  const second = await proveWho(context, order.second)
  if (!second.ok) return second
  const { code, login, roles } = second.value
  if (code === who.code || login === who.view.login || !allows(roles, 'serveCitizens'))
    return err(faultOf('correction.samePerson'))
  return repairAct(context, who, order, kind, (db) => {
    saveTries(db, login, 0, undefined)
    return ok({ witness: { code } })
  })
}
