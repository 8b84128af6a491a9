import type { HallAnswer, HallCommand } from '#shared/domain/hall/command.ts'
import { ticketEventsOf, type HallEvent, type TicketEvent } from '#shared/domain/hall/event.ts'
import { emptyHall, type Hall } from '#shared/domain/hall/hallState.ts'
import { nextTicket } from '#shared/domain/hall/order.ts'
import type { Result } from '#shared/result.ts'
import { eventOf, type Entry } from '#electron/hall/node/entry.ts'
import { applyEntry } from '#electron/hall/node/nodeState.ts'
import { Violation, type World } from './world.ts'

/** What somebody asked for, and heard. */
export interface Asked {
  readonly id: string
  readonly station: string
  readonly command: HallCommand
  result: Result<HallAnswer> | undefined
  again: number
  /** It was unanswered once: what it became may show later. */
  doubtful?: boolean
}

/** Faults that say that nothing happened. */
const nothing = new Set([
  'hall.noMajority',
  'hall.noServer',
  'hall.notOpen',
  'ticket.unknown',
  'ticket.state',
  'appointment.full',
])

/** After everything healed: one log, and in it everything that anybody was told. */
export function check(world: World, stations: readonly string[], asked: readonly Asked[]) {
  const logs = stations.map((station) => {
    const state = world.machine(station).node?.state
    if (state === undefined) throw new Violation(`${station} is off`)
    return state
  })
  const [first] = logs
  if (first === undefined) throw new Violation('no station')
  for (const { log, commit, office } of logs)
    if (commit !== first.commit || log.hashAt(commit) !== first.log.hashAt(first.commit))
      throw new Violation(`logs differ: ${office.me} has ${String(commit)}, ${first.office.me} ${String(first.commit)}`)
  for (const { islands, office } of logs)
    for (const { n, events } of islands)
      if ((first.hall.islands.get(`${office.me}/${String(n)}`) ?? -1) !== events.length)
        throw new Violation(`island ${String(n)} of ${office.me} did not come home`)
  const entries = first.log.after(0, Infinity).slice(0, first.commit)
  const commands = new Map(asked.map(({ id, command }) => [id, command]))
  const { called, issued } = relive(entries, commands)
  const byId = new Map(entries.flatMap((entry) => (entry.body.id === undefined ? [] : [[entry.body.id, entry]])))
  for (const one of asked) compare(one, byId.get(one.id), first.hall, called, issued)
  return {
    entries: entries.length,
    epochs: first.log.lastEpoch,
    islands: first.hall.islands.size,
    tails: first.hall.tails.length,
  }
}

/** Lives the log again, and judges every step by the hall before it. */
function relive(entries: readonly Entry[], commands: ReadonlyMap<string, HallCommand>) {
  const hall = emptyHall()
  const called = new Map<string, number>()
  const issued = new Set<string>()
  for (const entry of entries) {
    const { seq, epoch, body } = entry
    const happened = eventOf(entry)
    if (happened === undefined) throw new Violation(`${String(epoch)}/${String(seq)} is of no event`)
    for (const event of eventsOf(happened, hall)) {
      if (event.type === 'issued') {
        if (issued.has(event.ticket)) throw new Violation(`${event.ticket} was issued twice`)
        issued.add(event.ticket)
      }
      if (event.type === 'called') {
        called.set(event.ticket, (called.get(event.ticket) ?? 0) + 1)
        if (happened.type !== 'joined') judgeCall(hall, event, body.id, commands, `${String(epoch)}/${String(seq)}`)
      }
    }
    if (happened.type === 'joined') judgeIsland(happened)
    applyEntry(hall, entry)
  }
  return { called, issued }
}

const eventsOf = (event: HallEvent, hall: Hall): readonly TicketEvent[] =>
  event.type === 'joined'
    ? event.events
        .slice(hall.islands.get(`${event.station}/${String(event.island)}`) ?? 0)
        .flatMap((one) => ticketEventsOf(one.event))
    : ticketEventsOf(event)

type Called = Extract<TicketEvent, { type: 'called' }>

/** One citizen, one agent; and whoever is called is whom the rule names. */
function judgeCall(
  hall: Hall,
  { ticket, counter }: Called,
  id: string | undefined,
  commands: ReadonlyMap<string, HallCommand>,
  where: string,
): void {
  const state = hall.tickets.get(ticket)?.state
  if (state !== 'waiting') throw new Violation(`${where}: ${ticket} was called while it was ${state ?? 'unknown'}`)
  const command = commands.get(id ?? '')
  if (command?.type !== 'next' && (command?.type !== 'call' || command.ticket !== undefined)) return
  const due = nextTicket(hall, counter, command.service)?.ticket
  if (due !== ticket) throw new Violation(`${where}: ${ticket} was called, and ${due ?? 'nobody'} was next`)
}

/** An island never calls from the shared line. */
function judgeIsland({ station, events }: Extract<HallEvent, { type: 'joined' }>): void {
  const range = `S${station.slice('station-'.length)}-`
  for (const event of events.flatMap((one) => ticketEventsOf(one.event)))
    if (!event.ticket.startsWith(range) && event.type !== 'done' && event.type !== 'here')
      throw new Violation(`${station}: ${event.ticket} of the shared line was ${event.type} on an island`)
}

function compare(
  { id, command, result, doubtful }: Asked,
  entry: Entry | undefined,
  hall: Hall,
  called: ReadonlyMap<string, number>,
  issued: ReadonlySet<string>,
): void {
  if (result === undefined) return
  if (!result.ok) {
    if (nothing.has(result.fault.code) && doubtful !== true && entry !== undefined)
      throw new Violation(`${id}: ${result.fault.code} was said, and it happened`)
    return
  }
  const { ticket, appointment } = result.value
  if (entry !== undefined) {
    const event = eventOf(entry)
    // Asked again on an island, which cannot know what became of it elsewhere.
    const onIsland = doubtful === true && (ticket ?? 'S').startsWith('S')
    const there =
      event?.type === 'next' ? event.calls : event !== undefined && 'ticket' in event ? event.ticket : undefined
    if (there !== undefined && there !== ticket && !onIsland)
      throw new Violation(`${id}: ${ticket ?? ''} was answered, ${there} is in the log`)
    return
  }
  if (ticket === null || ticket === undefined) {
    if (appointment !== undefined) throw new Violation(`${id}: ${appointment} was answered and is lost`)
    return
  }
  // Of an island: what it said is in what it told when it came home.
  if (command.type === 'issue' && !issued.has(ticket)) throw new Violation(`${id}: ${ticket} was issued and is lost`)
  if ((command.type === 'call' || command.type === 'next') && !called.has(ticket))
    throw new Violation(`${id}: ${ticket} was called and that is lost`)
  if (!ticket.startsWith('S') && command.type !== 'done' && !changesNothing(command, hall))
    throw new Violation(`${id}: ${command.type} of ${ticket} is lost`)
  if (hall.day === undefined) throw new Violation('no day')
}

/** Who is here was here already: no entry says it twice. */
const changesNothing = (command: HallCommand, hall: Hall): boolean =>
  command.type === 'here' && hall.tickets.has(command.ticket)
