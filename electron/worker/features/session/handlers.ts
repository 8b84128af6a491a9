import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Answering } from '../../core/handlerContext.ts'
import { signedIn, type Session } from '../../core/session.ts'
import { setReaderRole } from '../../core/desk/agentCards.ts'
import { chooseLanguage } from './chooseLanguage.ts'
import { bindCard, endSignIn, listAccounts, unbindCard, unlockAccount } from '../accounts/manageAccounts.ts'
import { signIn } from '../../core/signIn.ts'
import { signOut } from '../../core/signOut.ts'

type AccountCall =
  | 'session.signIn'
  | 'session.card'
  | 'session.current'
  | 'session.signOut'
  | 'session.lock'
  | 'session.language'
  | 'account.list'
  | 'account.unlock'
  | 'account.bindCard'
  | 'account.cardPin'
  | 'account.unbindCard'
  | 'account.end'
  | 'reader.setRole'

/** Who is at the counter, and the accounts that may be. */
export function accountHandlers(
  { context, session, desk, agentCards, press }: Answering,
  readAgain: () => void,
): Pick<Handlers<Calls>, AccountCall> {
  /** What memory held of the citizen goes with the session. */
  const leave = (why?: Parameters<Session['set']>[1]): void => {
    desk.release()
    session.set(undefined, why)
  }
  /** Whose card is in a reader depends on what is bound. */
  const told = <T>(done: Result<T>): Result<T> => {
    if (done.ok) agentCards.tell()
    return done
  }
  return {
    'session.signIn': async (input) => {
      const opened = await signIn(context, input)
      if (!opened.ok) return opened
      desk.release()
      session.set(opened.value)
      press.near()
      // What a card said before the login was not kept: it is read again now.
      if (desk.card().state === 'done') readAgain()
      return ok(opened.value.view)
    },
    'session.card': () => ok(agentCards.view()),
    'session.current': () => {
      const who = session.current()
      return ok(who === undefined ? {} : { session: who.view })
    },
    'session.signOut': () => {
      const closed = signOut(context, signedIn(session))
      leave()
      return closed
    },
    'session.lock': () => {
      const locked = signOut(context, signedIn(session), 'session.locked')
      leave('idle')
      return locked
    },
    'session.language': ({ language }) => {
      const chosen = chooseLanguage(context, signedIn(session), language)
      if (!chosen.ok) return chosen
      session.set(chosen.value)
      return ok({})
    },

    'account.list': () => ok({ accounts: [...listAccounts(context)] }),
    'account.unlock': ({ login }) => unlockAccount(context, signedIn(session), login),
    'account.bindCard': async (input) => told(await bindCard(context, signedIn(session), agentCards, input)),
    'account.cardPin': () => agentCards.pinState(),
    'account.unbindCard': ({ login }) => told(unbindCard(context, signedIn(session), login)),
    'account.end': ({ login }) => {
      const who = signedIn(session)
      const ended = endSignIn(context, who, login)
      if (ended.ok && who.view.login === login) leave()
      return ended
    },
    'reader.setRole': ({ reader, role }) => told(setReaderRole(context, signedIn(session), reader, role)),
  }
}
