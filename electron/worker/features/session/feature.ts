import type { calls } from '#shared/contract/features/session/calls.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { readCard } from '../../core/desk/readCard.ts'
import type { Feature } from '../../core/feature.ts'
import { leave } from '../../core/sessions.ts'
import { signIn } from '../../core/signIn.ts'
import { chooseLanguage } from './chooseLanguage.ts'

/** Who is at the counter. */
export const session: Feature<typeof calls> = {
  calls: (answering) => {
    const { parts, context, seat, agentCards, background, press } = answering
    return {
      'session.signIn': async (input, { session }) => {
        // Whoever was signed in here leaves first, in the journal too.
        leave(context, session)
        const opened = await signIn(context, input)
        if (!opened.ok) return opened
        session.set(opened.value)
        press.near()
        const desk = seat.of(session)
        // What a card said before the login was not kept: it is read again now.
        if (desk?.card().state === 'done')
          background.settle('card', readCard(answering, desk, {}, AbortSignal.timeout(30_000)))
        return ok(opened.value.view)
      },
      'session.card': () => ok(agentCards.view()),
      'session.current': (_, { session }) => {
        const who = session.current()
        return ok(who === undefined ? {} : { session: who.view })
      },
      'session.signOut': (_, { session }) => leave(context, session),
      'session.lock': ({ asked }, { session }) => leave(context, session, asked === true ? 'asked' : 'idle'),
      'session.language': ({ language }, { who, session }) => {
        const chosen = chooseLanguage(context, who, language)
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
