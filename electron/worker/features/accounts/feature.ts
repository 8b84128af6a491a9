import type { calls } from '#shared/contract/features/accounts/calls.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Feature } from '../../core/feature.ts'
import { leave } from '../../core/sessions.ts'
import { bindCard, endSignIn, listAccounts, unbindCard, unlockAccount } from './manageAccounts.ts'

/** The accounts that may sign in here. */
export const accounts: Feature<typeof calls> = {
  calls: (answering) => {
    const { context, sessions, agentCards } = answering
    /** Whose card is in a reader depends on what is bound. */
    const told = <T>(done: Result<T>): Result<T> => {
      if (done.ok) agentCards.tell()
      return done
    }
    return {
      'account.list': () => ok({ accounts: [...listAccounts(context)] }),
      'account.unlock': ({ login }, { who }) => unlockAccount(context, who, login),
      'account.bindCard': async (input, { who }) => told(await bindCard(context, who, agentCards, input)),
      'account.cardPin': () => agentCards.pinState(),
      'account.unbindCard': ({ login }, { who }) => told(unbindCard(context, who, login)),
      'account.end': ({ login }, { who }) => {
        const ended = endSignIn(context, who, login)
        // Wherever this account is signed in.
        for (const session of ended.ok ? sessions.all() : [])
          if (session.current()?.view.login === login) leave(context, session, 'account')
        return ended
      },
    }
  },
}
