import type { HallFacts } from '#shared/contract/hallCalls.ts'
import type { AppointmentView, HallCounterView, ServiceView, TicketView } from '#shared/contract/features/hall/views.ts'
import { recallLimit } from '#shared/domain/hall/decide.ts'
import type { Booking, CounterState, Hall } from '#shared/domain/hall/hallState.ts'
import { byOrder, isServedAt } from '#shared/domain/hall/order.ts'
import type { Ticket } from '#shared/domain/hall/ticket.ts'
import { estimateWait } from '#shared/domain/hall/waiting.ts'
import { islandNow } from './node/island.ts'
import { isReachable, majority, reachableVoters, type NodeState } from './node/nodeState.ts'
import type { Roster } from './office/roster.ts'
import { statusOf } from './view.ts'

/** From how many minutes of waiting on a supervisor is told, where the roster says nothing. */
const usualThreshold = 30
/** As many calls as a wall can show. */
const callsOnBoard = 8

/** The hall that a station works on: its own while it is an island. */
export const hallOf = (n: Readonly<NodeState>): Hall => islandNow(n)?.hall ?? n.hall

/** One ticket as people who work in the hall see it. */
export function ticketView({ ticket, service, state, recalls, issuedAt, ...more }: Ticket): TicketView {
  const { priority, appointment, counter, reserved, file, calledAt, hereAt, leftAt } = more
  return {
    ticket,
    service,
    state,
    recalls,
    issuedAt,
    ...(priority === undefined ? {} : { priority }),
    ...(appointment === undefined ? {} : { appointment }),
    ...(counter === undefined ? {} : { counter: String(counter) }),
    ...(reserved === undefined ? {} : { reserved: String(reserved) }),
    ...(file === undefined ? {} : { file }),
    ...(calledAt === undefined ? {} : { calledAt }),
    ...(hereAt === undefined ? {} : { hereAt }),
    ...(leftAt === undefined ? {} : { leftAt }),
  }
}

/** One appointment, with the ticket that it became. */
export function bookingView(hall: Hall, booking: Booking): AppointmentView {
  const { appointment, service, day, time, minutes, state } = booking
  const ticket = [...hall.tickets.values()].find((one) => one.appointment?.id === appointment)?.ticket
  return { appointment, service, day, time, minutes, state, ...(ticket === undefined ? {} : { ticket }) }
}

/** What the facts are made from. `lost`: since when a station is not heard, by this one's clock (milliseconds). */
export interface FactsParts {
  readonly n: Readonly<NodeState>
  readonly roster: Roster
  readonly civil: number
  readonly lost: ReadonlyMap<string, number>
}

/** The whole hall as this station knows it, for counters, supervisors and walls. */
export function factsOf({ n, roster, civil, lost }: FactsParts): HallFacts {
  const status = statusOf(n, civil)
  const hall = hallOf(n)
  const tickets = [...hall.tickets.values()].filter(({ day }) => day === hall.day)
  const inState = (state: Ticket['state']): Ticket[] => tickets.filter((one) => one.state === state)
  const waiting = inState('waiting').sort(byOrder)
  // Who signed on belongs to the shared log: an island goes on with the people at its counters.
  const counters = countersOf(n.hall, inState('called'), n.office.services)
  const services = n.office.services.map((letter) => serviceOf({ hall, letter, waiting, counters, roster, civil }))
  const trouble = troubleOf(n, status.role, status.serving, hall.open)
  const { role, epoch, open, serving, station, doubts, later } = status
  const day = hall.day === undefined ? {} : { day: hall.day }
  return {
    hall: {
      role,
      ...(trouble === undefined ? {} : { trouble }),
      ...day,
      open,
      ...(n.hall.openedAt === undefined ? {} : { openedAt: n.hall.openedAt }),
      epoch,
      station,
      ...(serving === undefined ? {} : { serving }),
      stations: stationsOf(n, lost),
      recallLimit,
      services,
      counters,
      waiting: waiting.map(ticketView),
      parked: inState('parked').map(ticketView),
      missed: inState('missed').map(ticketView),
      messages: [...n.hall.messages].reverse().map(({ to, ...said }) => ({
        ...said,
        ...(to === undefined ? {} : { to: String(to) }),
      })),
      figures: figuresOf(tickets),
      tail: status.tail.map((one) => ({ ...one })),
      doubts: [...doubts],
      later,
    },
    board: {
      role,
      epoch,
      open,
      ...day,
      calls: inState('called').sort(newestFirst).slice(0, callsOnBoard).map(callOf),
      services: services.map(
        ({ next: _next, threshold: _threshold, longestSince: _since, procedure: _sheet, ...one }) => one,
      ),
    },
  }
}

/** Why nothing can be called or issued now: a code of `shared/fault.ts`. */
function troubleOf(
  n: Readonly<NodeState>,
  role: HallFacts['hall']['role'],
  serving: string | undefined,
  open: boolean,
): string | undefined {
  if (role === 'member' && serving === undefined)
    return reachableVoters(n) < majority(n) ? 'hall.noMajority' : 'hall.noServer'
  return open ? undefined : 'hall.notOpen'
}

const stationsOf = (n: Readonly<NodeState>, lost: ReadonlyMap<string, number>) =>
  n.office.stations.map((name) => {
    const since = lost.get(name)
    return {
      name,
      votes: n.office.voters.includes(name),
      reachable: isReachable(n, name),
      ...(since === undefined ? {} : { lostSince: new Date(since).toISOString() }),
    }
  })

/** Counters at which somebody signed on or was called, in the order of their names. */
function countersOf(hall: Hall, called: readonly Ticket[], all: readonly string[]): HallCounterView[] {
  const at = new Map<string, Ticket>()
  for (const ticket of [...called].sort(newestFirst).reverse()) at.set(String(ticket.counter), ticket)
  const names = [...new Set([...hall.counters.keys(), ...at.keys()])]
  return names
    .sort((a, b) => a.localeCompare(b, 'fr', { numeric: true }))
    .map((name) => counterOf(name, hall.counters.get(name), at.get(name), all))
}

function counterOf(
  counter: string,
  known: CounterState | undefined,
  ticket: Ticket | undefined,
  all: readonly string[],
): HallCounterView {
  const { agent, away, alarmSince, closed } = known ?? {}
  const given = known?.services ?? []
  const since = ticket === undefined ? (away?.since ?? known?.since) : (ticket.hereAt ?? ticket.calledAt)
  return {
    counter,
    state: stateOf(known, ticket),
    services: closed === true ? [] : given.length === 0 ? [...all] : [...given],
    ...(agent === undefined ? {} : { agent }),
    ...(ticket === undefined ? {} : { ticket: ticketView(ticket) }),
    ...(since === undefined ? {} : { since }),
    ...(away?.back === undefined ? {} : { back: away.back }),
    ...(alarmSince === undefined ? {} : { alarmSince }),
  }
}

function stateOf(known: CounterState | undefined, ticket: Ticket | undefined): HallCounterView['state'] {
  if (ticket !== undefined) return ticket.hereAt === undefined ? 'called' : 'serving'
  if (known?.agent === undefined || known.closed === true) return 'closed'
  return known.away === undefined ? 'free' : 'away'
}

interface ServiceParts {
  readonly hall: Hall
  readonly letter: string
  readonly waiting: readonly Ticket[]
  readonly counters: readonly HallCounterView[]
  readonly roster: Roster
  readonly civil: number
}

function serviceOf({ hall, letter, waiting, counters, roster, civil }: ServiceParts): ServiceView {
  const line = waiting.filter(({ service }) => service === letter)
  const closed = hall.closedServices.get(letter)
  const longest = line.map(({ issuedAt }) => issuedAt).sort()[0]
  const wait = estimateWait(hall, letter, civil)
  const procedure = roster.procedures?.[letter]
  return {
    letter,
    name: roster.serviceNames?.[letter] ?? { fr: letter, ar: letter },
    open: closed === undefined,
    ...(closed?.opensAt === undefined ? {} : { opensAt: closed.opensAt }),
    waiting: line.length,
    ...(longest === undefined ? {} : { longestSince: longest }),
    threshold: roster.thresholds?.[letter] ?? usualThreshold,
    ...(procedure === undefined ? {} : { procedure }),
    next: line
      .filter(({ reserved }) => reserved === undefined)
      .slice(0, 3)
      .map(ticketView),
    counters: counters.filter(
      ({ counter, state }) => state !== 'closed' && state !== 'away' && isServedAt(hall, counter, letter),
    ).length,
    ...(wait === undefined ? {} : { wait }),
  }
}

function figuresOf(tickets: readonly Ticket[]): HallFacts['hall']['figures'] {
  const seconds = (from: string | undefined, to: string | undefined): number[] =>
    from === undefined || to === undefined ? [] : [Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1_000))]
  const waited = median(tickets.flatMap(({ issuedAt, calledAt }) => seconds(issuedAt, calledAt)))
  const done = tickets.filter(({ state }) => state === 'done')
  const served = median(done.flatMap(({ hereAt, calledAt, endedAt }) => seconds(hereAt ?? calledAt, endedAt)))
  return {
    served: done.length,
    missed: tickets.filter(({ state }) => state === 'missed').length,
    ...(waited === undefined ? {} : { waitMedianSeconds: waited }),
    ...(served === undefined ? {} : { serviceMedianSeconds: served }),
  }
}

const median = (values: readonly number[]): number | undefined =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length / 2) - 1)]

const newestFirst = (a: Ticket, b: Ticket): number =>
  (a.calledAt ?? '') < (b.calledAt ?? '') ? 1 : (a.calledAt ?? '') > (b.calledAt ?? '') ? -1 : b.rank - a.rank

const callOf = ({ ticket, counter, calledAt, issuedAt, recalls }: Ticket) => ({
  ticket,
  counter: String(counter),
  calledAt: calledAt ?? issuedAt,
  times: recalls + 1,
})
