import type { Role } from '#shared/domain/roles.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err, type Result } from '#shared/result.ts'
import type { Context, SignedIn } from '../core/context.ts'
import { findAccount, loginMeant, saveTries, type StoredAccount } from '../core/rows/accounts.ts'
import { proveWho, type Credentials } from '../core/signIn.ts'
import type { WriteHandle } from '../store/handle.ts'
import { answeredBefore, oneAct, type Begun, type Meaning, type Order } from './oneAct.ts'

/** An act that takes two people: the second one shows who he is at this counter, beside the one who is signed in. */
export interface JointOrder<Data extends object, T> extends Order<Data, T> {
  readonly second: Credentials
  /** Whether somebody with these roles may be the second. */
  readonly may: (roles: readonly Role[]) => boolean
}

/**
 * Carries out one act by two people, as `oneAct` does. A command that was carried out before, with the same second
 * person, asks nobody again.
 * Faults: witness.samePerson, witness.notAllowed, those of `proveWho` and of `oneAct`.
 * @param decide as that of `oneAct`; it is told the code of the second person
 */
export async function oneActTogether<Data extends object, T>(
  context: Context,
  who: SignedIn,
  order: JointOrder<Data, T>,
  decide: (db: WriteHandle, begun: Begun & { readonly witness: string }) => Result<Meaning<Data, T>>,
): Promise<Result<T>> {
  const second = loginMeant(context.store.db, order.second.login)
  const asked = { asked: order.asked, witness: second }
  const recorded = (said: Readonly<Record<string, unknown>>): boolean =>
    order.recorded?.(said) !== false && said['witness'] === findAccount(context.store.db, second)?.code
  const joint = { ...order, asked, recorded }
  const before = answeredBefore(context, joint)
  if (before !== undefined) return before
  const unfit = ({ code, login, roles }: Pick<StoredAccount, 'code' | 'login' | 'roles'>): Fault | undefined => {
    if (code === who.code || login === who.view.login) return faultOf('witness.samePerson')
    return order.may(roles) ? undefined : faultOf('witness.notAllowed')
  }
  // Before the password is looked at: of somebody who may not, nobody learns whether it was right.
  const named = findAccount(context.store.db, second)
  const refused = named === undefined ? undefined : unfit(named)
  if (refused !== undefined) {
    order.second.pin?.fill(0)
    return err(refused)
  }
  const proved = await proveWho(context, order.second)
  if (!proved.ok) return proved
  const { code, login } = proved.value
  const since = unfit(proved.value)
  if (since !== undefined) return err(since)
  return oneAct(context, who, joint, (db, begun) => {
    // Whoever proved himself has no wrong tries any more, once what he answers for is done.
    saveTries(db, login, 0, undefined)
    return decide(db, { ...begun, witness: code })
  })
}
