import type { calls } from '#shared/contract/features/accounts.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Feature } from '../../core/feature.ts'
import { leave } from '../../core/leave.ts'
import { signedIn } from '../../core/session.ts'
import { bindCard, endSignIn, listAccounts, unbindCard, unlockAccount } from './manageAccounts.ts'

/** The accounts that may sign in here. */
export const accounts: Feature<typeof calls> = {
  calls: (answering) => {
    const { context, session, agentCards } = answering
    /** Whose card is in a reader depends on what is bound. */
    const told = <T>(done: Result<T>): Result<T> => {
      if (done.ok) agentCards.tell()
      return done
    }
    return {
      'account.list': () => ok({ accounts: [...listAccounts(context)] }),
      'account.unlock': ({ login }) => unlockAccount(context, signedIn(session), login),
      'account.bindCard': async (input) => told(await bindCard(context, signedIn(session), agentCards, input)),
      'account.cardPin': () => agentCards.pinState(),
      'account.unbindCard': ({ login }) => told(unbindCard(context, signedIn(session), login)),
      'account.end': ({ login }) => {
        const who = signedIn(session)
        const ended = endSignIn(context, who, login)
        if (ended.ok && who.view.login === login) leave(answering)
        return ended
      },
    }
  },
}
