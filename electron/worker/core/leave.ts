import type { Answering } from './handlerContext.ts'
import type { Session } from './session.ts'

/** Nobody is signed in any more: what memory held of the citizen goes with the session. */
export const leave = (
  { desk, session }: Pick<Answering, 'desk' | 'session'>,
  why?: Parameters<Session['set']>[1],
): void => {
  desk.release()
  session.set(undefined, why)
}
