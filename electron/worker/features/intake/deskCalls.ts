import type { calls } from '#shared/contract/features/intake/calls.ts'
import type { Answers } from '../../core/caller.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { possiblePerson } from '../../core/deposit/possiblePerson.ts'
import { readCard } from '../../core/desk/readCard.ts'
import { earlierDeposits, findDeposit } from './findDeposits.ts'
import { searchDeposits } from './searchDeposits.ts'
import { deskPurposes } from '../../core/recordAccess.ts'
import type { HandlerContext } from '../../core/handlerContext.ts'

/** The citizen at the desk: cards, typed identities, purposes, earlier deposits; the simulated cards of training. */
export const deskCalls = (answering: HandlerContext) => {
  const { parts, context, seat, deskView } = answering
  return {
    'card.state': (_, { session }) => ok(deskView(session)),
    'card.read': async (input, { session, signal }) => {
      const desk = seat.take(session)
      return desk.ok ? readCard(answering, desk.value, input, signal) : desk
    },
    'training.insertCard': async ({ card }) =>
      emptied(await (parts.devices.training?.insertCard(card) ?? err(faultOf('training.off')))),
    'training.removeCard': async () =>
      emptied(await (parts.devices.training?.removeCard() ?? err(faultOf('training.off')))),
    'identity.type': (input, { session }) => {
      const possible = possiblePerson(context, input.identity)
      if (!possible.ok) return possible
      const desk = seat.take(session)
      return desk.ok ? desk.value.type(input) : desk
    },
    'identity.purpose': ({ purpose }, { session }) => {
      const taken = seat.take(session)
      if (!taken.ok) return taken
      const desk = taken.value
      const offered = deskPurposes(context)
      const wanted = offered.find((one) => one.purpose === purpose)
      if (purpose !== undefined && wanted === undefined)
        return err(faultOf('request.invalid', 'purpose: not of this office'))
      const chosen = wanted === undefined ? ok(undefined) : desk.choose(wanted)
      return chosen.ok ? ok({ chosen: desk.purpose(), offered: [...offered] }) : chosen
    },
    'citizen.deposits': ({ identityId }, { who, session }) =>
      earlierDeposits(context, who, seat.held(session, identityId)),
    'deposit.find': ({ number }, { who }) => findDeposit(context, who, number),
    'deposit.search': ({ words }, { who }) => searchDeposits(context, who, words),
    'identity.release': ({ identityId }, { session }) => {
      seat.of(session)?.dismiss(identityId)
      return ok({})
    },
    'identity.takeBack': ({ identityId }, { session }) =>
      seat.of(session)?.takeBack(identityId) ?? err(faultOf('identity.gone')),
  } satisfies Partial<Answers<typeof calls>>
}

const emptied = (result: Result<unknown>): Result<Record<string, never>> => (result.ok ? ok({}) : result)
