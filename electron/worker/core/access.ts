import { type Access } from '#shared/contract/call.ts'
import { allows } from '#shared/domain/roles.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { SignedIn } from './context.ts'

/** Why somebody may not make a call; nothing when he may. Faults: session.none, session.forbidden. */
export function refusal(access: Access, who: SignedIn | undefined): Fault | undefined {
  if (access === 'public') return undefined
  if (who === undefined) return faultOf('session.none')
  return access === 'signedIn' || allows(who.view.roles, access) ? undefined : faultOf('session.forbidden')
}
