import type { calls } from '#shared/contract/features/intake.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import type { Answering } from '../../core/handlerContext.ts'
import { signedIn } from '../../core/session.ts'
import { signDeposit } from './signDeposit.ts'

/** The calls by which the citizen signs. */
export const signCalls = ({ parts, context, session, desk }: Answering) => {
  const { cards } = parts.devices
  return {
    'card.signState': (_, signal) => {
      const source = desk.citizen()?.source
      return source?.kind === 'card'
        ? cards.signState({ reader: source.reader, signal })
        : err(faultOf('card.cannotSign', 'identity'))
    },
    'card.sign': async ({ identityId, draft, pin }, signal) => {
      const citizen = desk.citizen()
      if (citizen?.identityId === identityId)
        return signDeposit(context, cards, desk, {
          citizen,
          draft,
          who: signedIn(session),
          training: parts.training,
          pin,
          signal,
        })
      pin?.fill(0)
      return err(faultOf('identity.gone'))
    },
  } satisfies Partial<Handlers<typeof calls>>
}
