import type { Calls } from '#shared/contract/calls.ts'
import type { CardAccess } from '#shared/contract/cardEvents.ts'
import type { IdentityView } from '#shared/contract/deskView.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { signedIn } from '../../core/session.ts'
import { readerForCitizen } from '../../core/desk/agentCards.ts'
import type { CitizenDesk } from '../../core/desk/citizen.ts'
import { earlierDeposits, findDeposit } from './findDeposits.ts'
import { deskPurposes } from '../../core/recordAccess.ts'
import { held, type Answering } from '../../core/handlerContext.ts'

type DeskCall =
  | 'card.state'
  | 'card.read'
  | 'training.insertCard'
  | 'training.removeCard'
  | 'training.agentCard'
  | 'identity.type'
  | 'identity.purpose'
  | 'citizen.deposits'
  | 'deposit.find'
  | 'identity.release'

/** The citizen at the desk: cards, typed identities, purposes, earlier deposits; the simulated cards of training. */
export function deskHandlers(answering: Answering): Pick<Handlers<Calls>, DeskCall> {
  const { parts, context, session, desk } = answering
  return {
    'card.state': () => ok({ card: desk.card(), ...citizenOf(desk) }),
    'card.read': (input, signal) => readCard(answering, input, signal),
    'training.insertCard': async ({ card }) =>
      emptied(await (parts.devices.training?.insertCard(card) ?? err(faultOf('training.off')))),
    'training.removeCard': async () =>
      emptied(await (parts.devices.training?.removeCard() ?? err(faultOf('training.off')))),
    'training.agentCard': async ({ inserted }) => {
      const { training } = parts.devices
      return training === undefined
        ? err(faultOf('training.off'))
        : emptied(await (inserted ? training.insertCard('agent') : training.removeCard('agent')))
    },
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
  }
}

const citizenOf = (desk: CitizenDesk): { citizen?: IdentityView } => {
  const citizen = desk.citizen()
  return citizen === undefined ? {} : { citizen }
}

const emptied = (result: Result<unknown>): Result<Record<string, never>> => (result.ok ? ok({}) : result)

/** Reads the card of the citizen, in the reader that is not the agent's. */
export const readCard = async (
  { parts, desk, agentCards }: Answering,
  { reader, access }: { reader?: string | undefined; access?: CardAccess | undefined },
  signal: AbortSignal,
): Promise<Result<Record<string, never>>> => {
  const chosen = await readerForCitizen(agentCards, parts.devices.cards, reader)
  if (!chosen.ok) return chosen
  const read = await parts.devices.cards.read({
    signal,
    ...(chosen.value === undefined ? {} : { reader: chosen.value }),
    ...(access === undefined ? {} : { access }),
  })
  if (!read.ok) return read
  const heard = agentCards.sift({ state: 'done', reader: read.value.reader, reading: read.value })
  if (heard !== undefined) desk.receive(heard)
  return ok({})
}
