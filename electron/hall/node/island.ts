import { answerOf, applyEvent } from '#shared/domain/hall/applyEvent.ts'
import type { HallCommand } from '#shared/domain/hall/command.ts'
import { decide } from '#shared/domain/hall/decide.ts'
import { ticketEventsOf, type HallEvent, type IslandEvent } from '#shared/domain/hall/event.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { reply, type Asked, type Island, type NodeState } from './nodeState.ts'
import { beginIsland } from './rebuild.ts'
import { questionOf } from './serving.ts'

/** The island that this station is, if it is one. One that comes home is none any more. */
export const islandNow = (n: NodeState): Island | undefined => n.islands.findLast((island) => !island.joining)

/** `S2-` before the numbers of station 2 while it is an island: no other range has it. */
export const rangeOf = (station: string): string => `S${station.slice('station-'.length)}-`

/** Goes on alone, with the citizens at this counter and numbers of its own. On disk before it is answered. */
export function openIsland(n: NodeState): void {
  if (islandNow(n) !== undefined) return
  const day = n.hall.open && n.hall.day !== undefined ? n.hall.day : n.office.wall(n.civil).day
  const at = new Date(n.civil).toISOString()
  const number = (n.islands.at(-1)?.n ?? 0) + 1
  beginIsland(n, number, day, at)
  n.out.records.push({ t: 'island', n: number, day, at })
}

/**
 * Answers a command on an island. Its hall holds its own tickets only, so that it cannot call from the shared line; of
 * the citizens who were already here it can say that they are done. Fault: hall.island.
 */
export function serveIsland(n: NodeState, island: Island, { id, command, asker }: Asked): void {
  const before = island.hall.answers.get(id)
  const question = questionOf(command)
  if (before !== undefined)
    return reply(n, asker, before.question === question ? ok(before.answer) : err(faultOf('command.reused')))
  // It may have been done on the shared line: here it would be done a second time.
  if (n.unsure.has(id)) return reply(n, asker, err(faultOf('hall.unanswered')))
  if (!mayOnIsland(n, command) || isElsewhere(island, command)) return reply(n, asker, err(faultOf('hall.island')))
  const decided = decide(island.hall, command, {
    ...n.office.wall(n.civil),
    station: n.office.me,
    range: rangeOf(n.office.me),
    services: n.office.services,
    pattern: n.office.pattern,
  })
  if (!decided.ok) return reply(n, asker, decided)
  if ('answer' in decided.value) return reply(n, asker, ok(decided.value.answer))
  const { event } = decided.value
  if (!isOfTickets(event)) return reply(n, asker, err(faultOf('hall.island')))
  const said: IslandEvent = { at: new Date(n.civil).toISOString(), event }
  applyEvent(island.hall, { seq: 0, at: said.at, id, question }, event)
  island.events.push(said)
  n.out.records.push({ t: 'islandEvent', n: island.n, id, question, said })
  reply(n, asker, ok(answerOf(island.hall, event)))
}

function mayOnIsland(n: NodeState, command: HallCommand): boolean {
  switch (command.type) {
    case 'issue':
    case 'call':
    case 'done':
    case 'here':
    case 'next':
      return (
        !('ticket' in command) ||
        command.type === 'done' ||
        command.type === 'here' ||
        isOwn(n, command.ticket ?? rangeOf(n.office.me))
      )
    case 'recall':
    case 'return':
    case 'park':
    case 'missed':
    case 'transfer':
    case 'file':
      return isOwn(n, command.ticket)
    default:
      return false
  }
}

/** Of the shared line only whoever was called to this counter is here. */
const isElsewhere = ({ hall }: Island, command: HallCommand): boolean =>
  (command.type === 'done' || command.type === 'here') &&
  !command.ticket.startsWith('S') &&
  !hall.tickets.has(command.ticket)

const isOwn = (n: NodeState, ticket: string): boolean => ticket.startsWith(rangeOf(n.office.me))

const isOfTickets = (event: HallEvent): event is IslandEvent['event'] => ticketEventsOf(event).length > 0
