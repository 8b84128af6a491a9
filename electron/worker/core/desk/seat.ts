import { allows } from '#shared/domain/roles.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { IdentityView } from '#shared/contract/features/intake/calls.ts'
import type { IdentityId } from '#shared/ids.ts'
import type { Session, Sessions } from '../sessions.ts'
import type { CitizenDesk } from './citizen.ts'

/**
 * The one desk of the counter, and the window that works at it. A citizen who was read for one window is nobody's at
 * another one: there the desk is empty.
 */
export interface DeskSeat {
  holder(): Session | undefined
  /** The desk, for the window that works at it. */
  of(session: Session): CitizenDesk | undefined
  /** The citizen whom a call means, if he still is at the desk of this window. */
  held(session: Session, id: IdentityId): IdentityView | undefined
  /**
   * This window wants to serve: it has the desk already, or nobody works at it, or nobody is at it. Faults: desk.held
   * (another window serves a citizen).
   */
  take(session: Session): Result<CitizenDesk>
}

const mayServe = (session: Session): boolean => allows(session.current()?.view.roles ?? [], 'serveCitizens')

/** The desk, with nobody working at it. */
export function createDeskSeat(desk: CitizenDesk, sessions: Sessions): DeskSeat & { close(): void } {
  let holder: Session | undefined
  let person: string | undefined
  const move = (to: Session | undefined): void => {
    // Whoever was at the desk was there for the window that leaves it; who comes to it sees the reader as it is.
    holder = to
    person = to?.current()?.code
    desk.release()
  }
  const off = sessions.onChange((changed) => {
    const code = changed.current()?.code
    if (changed === holder) {
      if (mayServe(changed) && code === person) return
      move(mayServe(changed) ? changed : sessions.all().find((one) => one !== changed && mayServe(one)))
    } else if (holder === undefined && mayServe(changed)) move(changed)
  })
  const seat: DeskSeat = {
    holder: () => holder,
    of: (session) => (session === holder ? desk : undefined),
    held: (session, id) => {
      const citizen = session === holder ? desk.citizen() : undefined
      return citizen?.identityId === id ? citizen : undefined
    },
    take(session) {
      if (session === holder) return ok(desk)
      if (holder !== undefined && desk.citizen() !== undefined) return err(faultOf('desk.held'))
      move(session)
      return ok(desk)
    },
  }
  return { ...seat, close: off }
}
