import type { Identity } from '#shared/domain/identity/identity.ts'
import { flawOfIdentity } from '#shared/domain/identity/plausible.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { officeDay, readOffice, type Context } from '../context.ts'

/** Whether a typed identity can be, on the day of the office. Fault: identity.impossible. */
export function possiblePerson({ store, clock }: Context, person: Identity): Result<void> {
  const flaw = flawOfIdentity(person, officeDay(readOffice(store), clock.now()).day)
  return flaw === undefined ? ok(undefined) : err(faultOf('identity.impossible', flaw))
}
