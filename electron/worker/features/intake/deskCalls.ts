import type { calls, IdentityView } from '#shared/contract/features/intake.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { signedIn } from '../../core/session.ts'
import { readCard } from '../../core/desk/readCard.ts'
import type { CitizenDesk } from '../../core/desk/citizen.ts'
import { earlierDeposits, findDeposit } from './findDeposits.ts'
import { deskPurposes } from '../../core/recordAccess.ts'
import { held, type Answering } from '../../core/handlerContext.ts'

/** The citizen at the desk: cards, typed identities, purposes, earlier deposits; the simulated cards of training. */
export const deskCalls = (answering: Answering) => {
  const { parts, context, session, desk } = answering
  return {
    'card.state': () => ok({ card: desk.card(), ...citizenOf(desk) }),
    'card.read': (input, signal) => readCard(answering, input, signal),
    'training.insertCard': async ({ card }) =>
      emptied(await (parts.devices.training?.insertCard(card) ?? err(faultOf('training.off')))),
    'training.removeCard': async () =>
      emptied(await (parts.devices.training?.removeCard() ?? err(faultOf('training.off')))),
    'identity.type': (input) => desk.type(input),
    'identity.purpose': ({ purpose }) => {
      const offered = deskPurposes(context)
      const wanted = offered.find((one) => one.purpose === purpose)
      if (purpose !== undefined && wanted === undefined)
        return err(faultOf('request.invalid', 'purpose: not of this office'))
      const chosen = wanted === undefined ? ok(undefined) : desk.choose(wanted)
      return chosen.ok ? ok({ chosen: desk.purpose(), offered: [...offered] }) : chosen
    },
    'citizen.deposits': ({ identityId }) => earlierDeposits(context, signedIn(session), held(desk, identityId)),
    'deposit.find': ({ number }) => findDeposit(context, signedIn(session), number),
    'identity.release': ({ identityId }) => {
      desk.dismiss(identityId)
      return ok({})
    },
  } satisfies Partial<Handlers<typeof calls>>
}

const citizenOf = (desk: CitizenDesk): { citizen?: IdentityView } => {
  const citizen = desk.citizen()
  return citizen === undefined ? {} : { citizen }
}

const emptied = (result: Result<unknown>): Result<Record<string, never>> => (result.ok ? ok({}) : result)
