import type { SignedIn } from './context.ts'

/** Who is signed in at this counter; in memory only, so that a restart asks again. */
export interface Session {
  current(): SignedIn | undefined
  /** `why`: what closed it, when no person did. */
  set(who: SignedIn | undefined, why?: 'idle' | 'card'): void
}

/** Nobody yet. */
export function createSession(
  onChange: (who: SignedIn | undefined, why: 'idle' | 'card' | undefined) => void,
): Session {
  let current: SignedIn | undefined
  return {
    current: () => current,
    set: (who, why) => {
      current = who
      onChange(who, why)
    },
  }
}

/** Who is signed in, where `guarded` lets nobody else through. */
export const signedIn = (session: Session): SignedIn => {
  const who = session.current()
  if (who === undefined) throw new Error('nobody is signed in')
  return who
}
