import { calls, type Call, type Calls } from '#shared/contract/calls.ts'
import { type Access } from '#shared/contract/call.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { allows } from '#shared/domain/roles.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import type { Session } from './session.ts'
import type { SignedIn } from './context.ts'

/** Why somebody may not make a call; nothing when he may. Faults: session.none, session.forbidden. */
export function refusal(access: Access, who: SignedIn | undefined): Fault | undefined {
  if (access === 'public') return undefined
  if (who === undefined) return faultOf('session.none')
  return access === 'signedIn' || allows(who.view.roles, access) ? undefined : faultOf('session.forbidden')
}

/** The same handlers behind the access that the contract gives each call: the one place where it is enforced. */
export function guarded(handlers: Handlers<Calls>, session: Session): Handlers<Calls> {
  const guard = <C extends Call>(name: C): Handlers<Calls>[C] => {
    const behind = handlers[name]
    // Same parameters, same result: only a refusal is added, and every call's result may be a fault.
    return ((input: never, signal) => {
      const refused = refusal(calls[name].access, session.current())
      return refused === undefined ? behind(input, signal) : err(refused)
    }) as Handlers<Calls>[C]
  }
  // Every name of the contract is mapped to its own handler.
  return Object.fromEntries(
    (Object.keys(calls) as Call[]).map((name) => [name, guard(name)]),
  ) as unknown as Handlers<Calls>
}
