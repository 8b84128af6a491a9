import { AsyncLocalStorage } from 'node:async_hooks'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { Context, SignedIn } from './context.ts'
import { findAccount } from './rows/accounts.ts'
import { hasLeft } from './sessions.ts'
import { until } from './signIn.ts'

/**
 * Why somebody who signed in may not go on: his account is gone, ended, over, or lost a role that this session has.
 * Nothing while it stands. By a clock that is doubtfully ahead every account is over: that alone ends no session.
 */
export function fallen(context: Pick<Context, 'store' | 'clock' | 'journal'>, who: SignedIn): Fault | undefined {
  const account = findAccount(context.store.db, who.view.login)
  if (account === undefined || account.endedAt !== undefined || account.code !== who.code)
    return faultOf('session.accountChanged')
  if (who.view.roles.some((role) => !account.roles.includes(role))) return faultOf('session.accountChanged')
  const over = until(context, account) < context.clock.now().getTime()
  return over && context.journal.clockDoubt()?.kind !== 'ahead' ? faultOf('session.accountExpired') : undefined
}

interface UnderWay {
  readonly who: SignedIn
  answered: boolean
}
const underWay = new AsyncLocalStorage<UnderWay>()

/** Answers a call in the name of who asked it; what it commits until the answer is there is looked at by `stopped`. */
export async function inTheNameOf<T>(who: SignedIn | undefined, answer: () => Promise<T> | T): Promise<T> {
  if (who === undefined) return answer()
  const call: UnderWay = { who, answered: false }
  return underWay.run(call, async () => {
    try {
      return await answer()
    } finally {
      // Work in the background that was begun by the call goes on in the name of the counter.
      call.answered = true
    }
  })
}

/**
 * Why the call under way may not commit any more: who asked it signed out, was locked, or his account fell meanwhile.
 * Nothing where no call is under way.
 */
export function stopped(context: Pick<Context, 'store' | 'clock' | 'journal'>): Fault | undefined {
  const call = underWay.getStore()
  if (call === undefined || call.answered) return undefined
  return hasLeft(call.who) ? faultOf('session.none') : fallen(context, call.who)
}

type ChooseFile = (name: string) => Promise<string | undefined>

/**
 * Where a file goes, as long as whoever asked is there: the dialog of the system stays open over a lock, and whoever came
 * next would take the file in the other one's name. Nothing then, as when the dialog was left.
 */
export const chosenBy =
  (context: Parameters<typeof stopped>[0], choose: ChooseFile): ChooseFile =>
  async (name) => {
    const path = await choose(name)
    return stopped(context) === undefined ? path : undefined
  }
