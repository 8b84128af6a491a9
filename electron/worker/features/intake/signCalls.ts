import type { calls } from '#shared/contract/features/intake/calls.ts'
import type { Answers } from '../../core/caller.ts'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import type { HandlerContext } from '../../core/handlerContext.ts'
import { signDeposit } from './signDeposit.ts'

/** The calls by which the citizen signs. */
export const signCalls = ({ parts, context, seat }: HandlerContext) => {
  const { cards } = parts.devices
  return {
    'card.signState': (_, { session, signal }) => {
      const source = seat.of(session)?.citizen()?.source
      return source?.kind === 'card'
        ? cards.signState({ reader: source.reader, signal })
        : err(faultOf('card.cannotSign', 'identity'))
    },
    'card.sign': async ({ identityId, draft, pin }, { who, session, signal }) => {
      const desk = seat.of(session)
      const citizen = seat.held(session, identityId)
      if (desk !== undefined && citizen !== undefined)
        return signDeposit(context, cards, desk, {
          citizen,
          draft,
          who,
          training: parts.training,
          pin,
          signal,
        })
      pin?.fill(0)
      return err(faultOf('identity.gone'))
    },
  } satisfies Partial<Answers<typeof calls>>
}
