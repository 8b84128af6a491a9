import type { calls } from '#shared/contract/features/session.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { readCard } from '../../core/desk/readCard.ts'
import type { Feature } from '../../core/feature.ts'
import { leave } from '../../core/leave.ts'
import { signedIn } from '../../core/session.ts'
import { signIn } from '../../core/signIn.ts'
import { signOut } from '../../core/signOut.ts'
import { chooseLanguage } from './chooseLanguage.ts'

/** Who is at the counter. */
export const session: Feature<typeof calls> = {
  calls: (answering) => {
    const { parts, context, session, desk, agentCards, press } = answering
    return {
      'session.signIn': async (input) => {
        const opened = await signIn(context, input)
        if (!opened.ok) return opened
        desk.release()
        session.set(opened.value)
        press.near()
        // What a card said before the login was not kept: it is read again now.
        if (desk.card().state === 'done') void readCard(answering, {}, AbortSignal.timeout(30_000))
        return ok(opened.value.view)
      },
      'session.card': () => ok(agentCards.view()),
      'session.current': () => {
        const who = session.current()
        return ok(who === undefined ? {} : { session: who.view })
      },
      'session.signOut': () => {
        const closed = signOut(context, signedIn(session))
        leave(answering)
        return closed
      },
      'session.lock': () => {
        const locked = signOut(context, signedIn(session), 'session.locked')
        leave(answering, 'idle')
        return locked
      },
      'session.language': ({ language }) => {
        const chosen = chooseLanguage(context, signedIn(session), language)
        if (!chosen.ok) return chosen
        session.set(chosen.value)
        return ok({})
      },
      'training.agentCard': async ({ inserted }) => {
        const { training } = parts.devices
        if (training === undefined) return err(faultOf('training.off'))
        const moved = await (inserted ? training.insertCard('agent') : training.removeCard('agent'))
        return moved.ok ? ok({}) : moved
      },
    }
  },
}
