import { ticketEventsOf, type HallEvent } from '#shared/domain/hall/event.ts'
import { eventOf, type Entry } from './entry.ts'
import { islandNow } from './island.ts'
import { isReachable, send, type NodeState } from './nodeState.ts'
import { pace } from './pace.ts'
import { serve } from './serving.ts'

interface Told {
  readonly id: string
  readonly event: HallEvent
}

/**
 * What a station says by itself once somebody serves: what it did as an island, and what was on its disk and never had
 * a majority. Said until it is in the log; its id makes a repeat harmless.
 */
export function tellHome(n: NodeState): void {
  const { server } = n
  if (server === undefined || (n.serving === undefined && !isReachable(n, server.station))) return
  const island = islandNow(n)
  if (island !== undefined) {
    island.joining = true
    n.out.records.push({ t: 'joining', n: island.n })
  }
  for (const { id, event } of toTell(n)) {
    if (n.now - (n.told.get(id) ?? -Infinity) < pace.tell) continue
    n.told.set(id, n.now)
    const command = { type: 'tell', event } as const
    if (n.serving === undefined) send(n, server.station, { type: 'command', epoch: server.epoch, id, command })
    else serve(n, n.serving, { id, command, asker: undefined, station: n.office.me, until: n.now + pace.answer })
  }
}

function* toTell(n: NodeState): Generator<Told> {
  const { me } = n.office
  for (const { n: number, day, events, joining } of n.islands)
    if (joining && !n.hall.islands.has(`${me}/${String(number)}`))
      yield {
        id: `island/${me}/${String(number)}`,
        event: { type: 'joined', station: me, island: number, day, events },
      }
  const tail = n.orphans.filter((one) => isWorthTelling(one) && !isKnown(n, one)).slice(0, 500)
  const [first] = tail
  if (first !== undefined)
    yield {
      id: `tail/${me}/${String(first.epoch)}/${String(first.seq)}/${String(tail.length)}`,
      event: { type: 'tail', station: me, entries: tail.map(lineOf) },
    }
}

/** Only what somebody may have seen, or have been told by a person: what stations say to each other is said again. */
const isWorthTelling = (one: Entry): boolean => {
  const event = eventOf(one)
  // Of a later version: nobody here can say that it was nothing.
  return event === undefined || ticketEventsOf(event).length > 0 || 'appointment' in event
}

const isKnown = (n: NodeState, { epoch, seq, body }: Entry): boolean =>
  (body.id !== undefined && n.hall.answers.has(body.id)) ||
  n.hall.tailsTold.has(`${n.office.me}/${String(epoch)}/${String(seq)}`)

/** Of one stroke: who was called, or who was done. */
const ticketIn = (event: HallEvent | undefined): { readonly ticket?: string } => {
  const last = event === undefined ? undefined : ticketEventsOf(event).at(-1)
  return last === undefined ? {} : { ticket: last.ticket }
}

const lineOf = (one: Entry) => ({
  epoch: one.epoch,
  seq: one.seq,
  what: one.body.event.type,
  ...ticketIn(eventOf(one)),
})
