import type { Door } from '#shared/contract/doorNames.ts'
import { mayHear } from '#shared/contract/doors.ts'
import type { EventName, Payload } from '#shared/contract/events.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Context, SignedIn } from './context.ts'
import { signOut } from './signOut.ts'

/** What closes a session when no person does: nobody is there, his card left, his account is not what it was. */
export type Locked = NonNullable<Payload<'session'>['locked']>

/** How one window hears an event. */
export type Hear = <E extends EventName>(event: E, payload: Payload<E>) => void

/** Who has left: what was begun under his name and is not committed yet stops. */
const left = new WeakSet<SignedIn>()

/** Whether this sign-in is over: signed out, locked, ended, or the window is gone. */
export const hasLeft = (who: SignedIn): boolean => left.has(who)

/** One window, station or program, and who is signed in at it; in memory only, so that a restart asks again. */
export interface Session {
  readonly door: Door
  current(): SignedIn | undefined
  /** `why`: what closed it, when no person did. */
  set(who: SignedIn | undefined, why?: Locked): void
  /** Tells this window alone, as far as its door hears it. */
  readonly tell: Hear
}

/** All windows of this program. Nobody's session is another window's. */
export interface Sessions {
  /** A window opened, with nobody signed in. */
  open(door: Door, hear: Hear): Session
  /** It is gone: nothing is told to it any more, and nobody is signed in at it. */
  close(session: Session): void
  all(): readonly Session[]
  /** Whether nobody is signed in at any of them. */
  alone(): boolean
  /** Tells every window whose door hears this event. */
  readonly tell: Hear
  /** Tells every window where somebody is signed in. */
  readonly tellSignedIn: Hear
  /** Hears that somebody came to a window or left it; what comes back ends that. */
  onChange(listener: (session: Session, why?: Locked) => void): () => void
}

/** No window yet. */
export function createSessions(): Sessions {
  const open = new Set<Session>()
  const listeners = new Set<(session: Session, why?: Locked) => void>()
  const changed = (session: Session, why?: Locked): void => {
    for (const listener of listeners) listener(session, why)
  }
  return {
    open(door, hear) {
      let who: SignedIn | undefined
      const tell: Hear = (event, payload) => {
        if (open.has(session) && mayHear(door, event)) hear(event, payload)
      }
      const session: Session = {
        door,
        current: () => who,
        set(next, why) {
          // In another language it is still the same sign-in.
          if (who !== undefined && who.view.since !== next?.view.since) left.add(who)
          who = next
          changed(session, why)
          tell('session', {
            ...(next === undefined ? {} : { session: next.view }),
            ...(why === undefined ? {} : { locked: why }),
          })
        },
        tell,
      }
      open.add(session)
      return session
    },
    close(session) {
      if (!open.delete(session)) return
      if (session.current() !== undefined) session.set(undefined)
    },
    all: () => [...open],
    alone: () => [...open].every((session) => session.current() === undefined),
    tell: (event, payload) => {
      for (const session of open) session.tell(event, payload)
    },
    tellSignedIn: (event, payload) => {
      for (const session of open) if (session.current() !== undefined) session.tell(event, payload)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

/**
 * Ends the session of a window, in the journal too; with it goes the citizen at its desk. `why` locks it. Faults: those
 * of `Tx`; the window is left all the same.
 */
export function leave(
  context: Pick<Context, 'store' | 'journal'>,
  session: Session,
  why?: Locked,
): Result<Record<string, never>> {
  const who = session.current()
  if (who === undefined) return ok({})
  const signedOut = signOut(context, who, why === undefined ? 'session.closed' : 'session.locked')
  session.set(undefined, why)
  return signedOut
}
