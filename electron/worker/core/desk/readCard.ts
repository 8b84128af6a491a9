import type { CardAccess } from '#shared/contract/cardEvents.ts'
import { ok, type Result } from '#shared/result.ts'
import type { HandlerContext } from '../handlerContext.ts'
import { readerForCitizen } from './agentCards.ts'
import type { CitizenDesk } from './citizen.ts'

/** Reads the card of the citizen, in the reader that is not the agent's. Faults: card.agents, those of `CardSource.read`. */
export const readCard = async (
  { parts, agentCards }: Pick<HandlerContext, 'parts' | 'agentCards'>,
  desk: Pick<CitizenDesk, 'receive'>,
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
  const heard = agentCards.routeCardEvent({ state: 'done', reader: read.value.reader, reading: read.value })
  if (heard !== undefined) desk.receive(heard)
  return ok({})
}
