import type { HallAnswer } from './command.ts'
import { applyHouse } from './applyHouse.ts'
import { ticketEventsOf, type HallEvent, type TicketEvent } from './event.ts'
import type { Booking, Hall } from './hallState.ts'
import type { Promised } from './promise.ts'
import { leaveCells, takeCells } from './slots.ts'
import type { Ticket } from './ticket.ts'

/** What an entry of the log says around its event. `id` and `question`: the command, and the hash of what it asked. */
export interface EventFacts {
  readonly seq: number
  /** UTC instant, by the clock of who served. */
  readonly at: string
  readonly id?: string
  readonly question?: string
}

/** Past bookings are listed for a month. */
const keepDays = 31

/**
 * Changes a hall by one event of its log. Everything follows from the event: no clock, no choice, so that every station
 * has the same hall.
 */
export function applyEvent(hall: Hall, facts: EventFacts, event: HallEvent): void {
  apply(hall, facts, event)
  if (facts.id !== undefined)
    hall.answers.set(facts.id, { question: facts.question ?? '', answer: answerOf(hall, event), seq: facts.seq })
}

/** What whoever gave the command hears of the event that it became. */
export function answerOf(hall: Hall, event: HallEvent): HallAnswer {
  if (event.type === 'next') return { ticket: event.calls ?? null }
  if ('ticket' in event) return { ticket: event.ticket }
  if ('appointment' in event) return { appointment: event.appointment }
  return hall.day === undefined ? {} : { day: hall.day }
}

function apply(hall: Hall, facts: EventFacts, event: HallEvent): void {
  switch (event.type) {
    case 'opened':
      return open(hall, facts.at, event.day)
    case 'closed':
      hall.open = false
      return
    case 'booked':
      return book(hall, event)
    case 'moved':
      return move(hall, event)
    case 'cancelled':
      return setBooking(hall, event.appointment, 'cancelled', event.promise)
    case 'joined':
      return join(hall, event)
    case 'tail':
      return tell(hall, event)
    case 'doubted':
      hall.doubts.add(event.station)
      return
    case 'tookOver':
      return
    case 'signedOn':
    case 'signedOff':
    case 'away':
    case 'cameBack':
    case 'assigned':
    case 'serviceClosed':
    case 'serviceOpened':
    case 'message':
    case 'alarm':
      return applyHouse(hall, facts, event)
    default:
      for (const one of ticketEventsOf(event)) applyToTicket(hall, facts.at, hall.day, one)
  }
}

/** Told once: a station that says more of its tail says the whole of it. */
function tell(hall: Hall, { station, entries }: Extract<HallEvent, { type: 'tail' }>): void {
  for (const { ticket, ...entry } of entries) {
    const key = `${station}/${String(entry.epoch)}/${String(entry.seq)}`
    if (hall.tailsTold.has(key)) continue
    hall.tailsTold.add(key)
    hall.tails.push({ station, ...entry, ...(ticket === undefined ? {} : { ticket }) })
  }
}

function open(hall: Hall, at: string, day: string): void {
  hall.open = true
  // Opened again on its day: the numbers go on.
  if (hall.day === day) return
  hall.day = day
  hall.openedAt = at
  hall.tickets.clear()
  hall.series.clear()
  hall.answers.clear()
  hall.tails.length = 0
  hall.doubts.clear()
  hall.counters.clear()
  hall.closedServices.clear()
  hall.messages.length = 0
  const oldest = new Date(Date.parse(`${day}T00:00:00Z`) - keepDays * 86_400_000).toISOString().slice(0, 10)
  for (const booking of hall.bookings.values())
    if (booking.day < oldest) {
      leaveCells(hall, booking)
      hall.bookings.delete(booking.appointment)
    }
}

/** The series that a name counts in: `A` of `A012`, `S2-A` of `S2-A003`. */
const seriesOf = (ticket: string): string => ticket.replace(/\d+$/, '')
const numberOf = (ticket: string): number => Number(/\d+$/.exec(ticket)?.[0] ?? 0)

function applyToTicket(hall: Hall, at: string, day: string | undefined, event: TicketEvent): void {
  if (event.type === 'issued') return issue(hall, at, day ?? '', event)
  const ticket = hall.tickets.get(event.ticket)
  if (ticket === undefined) return
  const next = after(ticket, at, event)
  hall.tickets.set(ticket.ticket, next)
  if (ticket.appointment === undefined) return
  if (next.state === 'done' || next.state === 'missed') setBooking(hall, ticket.appointment.id, next.state)
  else if (ticket.state === 'missed') setBooking(hall, ticket.appointment.id, 'checkedIn')
}

function issue(hall: Hall, at: string, day: string, event: Extract<TicketEvent, { type: 'issued' }>): void {
  const booking = event.appointment === undefined ? undefined : hall.bookings.get(event.appointment)
  hall.ranks += 1
  const series = seriesOf(event.ticket)
  hall.series.set(series, Math.max(hall.series.get(series) ?? 0, numberOf(event.ticket)))
  hall.tickets.set(event.ticket, {
    ticket: event.ticket,
    day,
    service: event.service,
    ...(event.priority === undefined ? {} : { priority: event.priority }),
    ...(booking === undefined
      ? {}
      : { appointment: { id: booking.appointment, time: booking.time, late: event.late === true } }),
    state: 'waiting',
    rank: hall.ranks,
    recalls: 0,
    issuedAt: at,
  })
  if (booking !== undefined) setBooking(hall, booking.appointment, 'checkedIn')
}

function after(ticket: Ticket, at: string, event: Exclude<TicketEvent, { type: 'issued' }>): Ticket {
  switch (event.type) {
    case 'called':
      return calledTo(ticket, event, at)
    case 'here':
      return ticket.state === 'called' && ticket.hereAt === undefined ? { ...ticket, hereAt: at } : ticket
    case 'recalled':
      return ticket.state === 'called' ? { ...ticket, recalls: ticket.recalls + 1 } : calledTo(ticket, event, at)
    case 'returned':
      return waitingAgain(ticket)
    case 'parked':
      return { ...ticket, state: 'parked' }
    case 'missed':
      return { ...ticket, state: 'missed', endedAt: at }
    case 'done':
      return { ...ticket, state: 'done', endedAt: at }
    case 'filed':
      return { ...ticket, file: event.file }
    case 'transferred': {
      const { reserved: _reserved, ...rest } = waitingAgain(ticket)
      return {
        ...rest,
        ...(event.service === undefined ? {} : { service: event.service }),
        ...(event.counter === undefined ? {} : { reserved: event.counter }),
      }
    }
  }
}

const calledTo = (
  { hereAt: _here, leftAt: _left, ...ticket }: Ticket,
  { counter, via }: Pick<Extract<TicketEvent, { type: 'called' }>, 'counter' | 'via'>,
  at: string,
): Ticket => ({ ...ticket, state: 'called', counter, via, calledAt: at })

const waitingAgain = ({
  counter: _c,
  via: _v,
  calledAt: _at,
  hereAt: _here,
  leftAt: _left,
  endedAt: _end,
  ...rest
}: Ticket): Ticket => ({
  ...rest,
  state: 'waiting',
  recalls: 0,
})

function book(hall: Hall, { type: _type, person, promise, ...event }: Extract<HallEvent, { type: 'booked' }>): void {
  hall.booked += 1
  const { appointment, place } = event
  const booking: Booking = {
    ...event,
    state: 'booked',
    ...(person === undefined ? {} : { person }),
    ...(promise === undefined ? {} : { promise }),
  }
  if (takeCells(hall, booking, place, appointment)) hall.bookings.set(appointment, booking)
}

function move(hall: Hall, { appointment, day, time, place, promise }: Extract<HallEvent, { type: 'moved' }>): void {
  const booking = hall.bookings.get(appointment)
  if (booking === undefined) return
  leaveCells(hall, booking)
  const moved: Booking = {
    ...booking,
    day,
    time,
    place,
    state: 'booked',
    ...(promise === undefined ? {} : { promise }),
  }
  if (takeCells(hall, moved, place, appointment)) hall.bookings.set(appointment, moved)
  else takeCells(hall, booking, booking.place, appointment)
}

function setBooking(hall: Hall, appointment: string, state: Booking['state'], promise?: Promised): void {
  const booking = hall.bookings.get(appointment)
  if (booking === undefined) return
  if (state === 'cancelled') leaveCells(hall, booking)
  hall.bookings.set(appointment, { ...booking, state, ...(promise === undefined ? {} : { promise }) })
}

/**
 * An island comes home: what it did follows what the log has. Its numbers are its own, so that nothing meets. Of a
 * ticket of the shared line it only says that it was done, where nobody has said otherwise since.
 */
function join(hall: Hall, { station, island, day, events }: Extract<HallEvent, { type: 'joined' }>): void {
  const key = `${station}/${island}`
  const known = hall.islands.get(key) ?? 0
  for (const { at, event } of events.slice(known))
    for (const one of ticketEventsOf(event)) {
      const foreign = one.type !== 'issued' && !one.ticket.startsWith(`S${station.slice('station-'.length)}-`)
      const held = hall.tickets.get(one.ticket)
      if (!foreign || (one.type === 'done' && held?.state === 'called' && held.via === station))
        applyToTicket(hall, at, day, one)
    }
  hall.islands.set(key, Math.max(known, events.length))
}
