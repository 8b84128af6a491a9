import type { SignedIn } from './usecases/context.ts'

/** Who is signed in at this counter; in memory only, so that a restart asks again. */
export interface Session {
  current(): SignedIn | undefined
  set(who: SignedIn | undefined): void
}

/** Nobody yet. */
export function createSession(onChange: (who: SignedIn | undefined) => void): Session {
  let current: SignedIn | undefined
  return {
    current: () => current,
    set: (who) => {
      current = who
      onChange(who)
    },
  }
}
