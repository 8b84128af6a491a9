import type { HallRequest } from '#shared/contract/hallCalls.ts'
import { calendarFile } from '#shared/domain/hall/calendarFile.ts'
import type { Hall } from '#shared/domain/hall/hallState.ts'
import { byOrder } from '#shared/domain/hall/order.ts'
import { freeTimes } from '#shared/domain/hall/slots.ts'
import { forecastOf } from '#shared/domain/hall/forecast.ts'
import { livesOf, statisticsOf, type Timed } from '#shared/domain/hall/statistics.ts'
import type { Ticket } from '#shared/domain/hall/ticket.ts'
import { estimateWait } from '#shared/domain/hall/waiting.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { bookingView, hallOf, ticketView } from '../facts.ts'
import { writeLog } from '../logFile.ts'
import { eventsIn } from '../node/entry.ts'
import { isReachable, type NodeState } from '../node/nodeState.ts'
import { isInTouch } from '../node/serving.ts'
import { isMarkOf, markOf } from '../office/marks.ts'
import { zoneOf } from '../office/readStation.ts'
import type { Station } from '../station.ts'
import { appointmentsOf, statusOf } from '../view.ts'

/**
 * Answers what this machine asks of its station, at the socket and over the port alike. Faults: those of the commands;
 * ticket.unknown, appointment.unknown, appointment.noKey, hall.isOpen, hall.roster.
 */
export async function answerTo(station: Station, request: HallRequest): Promise<Result<unknown>> {
  switch (request.call) {
    case 'status':
      return ok(statusOf(await station.look(), station.civil()))
    case 'open':
      return openDay(station)
    case 'takeOver': {
      const { serving } = station.state
      const serves = serving !== undefined && isInTouch(station.state, serving)
      const done = serves ? ok({}) : await station.takeOver({ forced: request.forced })
      return done.ok ? ok(statusOf(station.state, station.civil())) : done
    }
    case 'command':
      return station.ask(request.id, request.command)
    case 'ticket': {
      const hall = hallOf(await station.look())
      const ticket = hall.tickets.get(request.ticket)
      return ticket === undefined
        ? err(faultOf('ticket.unknown', request.ticket, { ticket: request.ticket }))
        : ok(placeOf(hall, ticket, station.civil()))
    }
    case 'appointments':
      return ok({ appointments: appointmentsOf(await station.look(), request.day) })
    case 'booking': {
      const { hall } = await station.look()
      const booking = hall.bookings.get(request.appointment)
      return booking === undefined
        ? err(faultOf('appointment.unknown', request.appointment))
        : ok(bookingView(hall, booking))
    }
    case 'bookings': {
      const { hall } = await station.look()
      const day = [...hall.bookings.values()].filter((booking) => booking.day === request.day)
      return ok({ appointments: day.sort(byTime).map((booking) => bookingView(hall, booking)) })
    }
    case 'mark': {
      const { personKey } = station.facts
      return personKey === undefined ? noKey : ok(markOf(personKey, request.number, request.salt))
    }
    case 'bookingsOf': {
      const { personKey } = station.facts
      if (personKey === undefined) return noKey
      const { hall, office } = await station.look()
      const today = office.wall(station.civil()).day
      const theirs = [...hall.bookings.values()].filter(
        ({ day, person }) => day === today && person !== undefined && isMarkOf(personKey, request.numbers, person),
      )
      return ok({ appointments: theirs.sort(byTime).map((booking) => bookingView(hall, booking)) })
    }
    case 'promises': {
      const { hall } = await station.look()
      return ok({ promises: [...hall.bookings.values()].flatMap(({ promise }) => promise ?? []) })
    }
    case 'free': {
      const { hall, office } = await station.look()
      const { service, day } = request
      if (!office.services.includes(service)) return err(faultOf('ticket.service', service, { service }))
      return ok({ times: freeTimes(hall, office.pattern, { service, day }, office.wall(station.civil())) })
    }
    case 'history': {
      const days = statisticsOf(eventsOf(await station.look()))
      return ok({ days: days.filter(({ day }) => day >= request.from && day <= request.to) })
    }
    case 'forecast': {
      const state = await station.look()
      const hourOf = (at: number): number => Number(state.office.wall(at).time.slice(0, 2))
      return ok({ services: forecastOf(livesOf(eventsOf(state)), request.day, hourOf) })
    }
    case 'calendar': {
      const rule = zoneOf(station.facts.roster)
      if (rule === undefined) return err(faultOf('hall.roster', station.facts.roster.zone))
      const { hall } = await station.look()
      return ok({ text: calendarFile([...hall.bookings.values()], rule, station.facts.roster.log, station.civil()) })
    }
    case 'log':
      return ok({ text: writeLog(await station.look()) })
  }
}

/** Made before appointments were found by a card. */
const noKey = err(faultOf('appointment.noKey'))

/** Everything that a majority has, from the first day on. */
const eventsOf = ({ log, commit }: Readonly<NodeState>): readonly Timed[] => eventsIn(log.after(0, commit))

/** A ticket, how many are called before it in its service, and how long that takes. */
function placeOf(hall: Hall, ticket: Ticket, now: number) {
  const before = [...hall.tickets.values()].filter(
    (one) => one.state === 'waiting' && one.service === ticket.service && byOrder(one, ticket) < 0,
  ).length
  const wait = estimateWait(hall, ticket.service, now)
  return { ticket: ticketView(ticket), before, ...(wait === undefined ? {} : { minutes: wait.minutes }) }
}

interface Placed {
  readonly time: string
  readonly appointment: string
}
const byTime = (a: Placed, b: Placed): number => (`${a.time} ${a.appointment}` < `${b.time} ${b.appointment}` ? -1 : 1)

/** Opens the day at this station. Fault: hall.isOpen, where another one has it open and serves. */
export async function openDay(station: Station): Promise<Result<unknown>> {
  const state = await station.look()
  const { hall, server, office } = state
  const today = office.wall(station.civil()).day
  const elsewhere = server !== undefined && server.station !== office.me && isReachable(state, server.station)
  if (hall.open && hall.day === today && elsewhere)
    return err(faultOf('hall.isOpen', server.station, { station: server.station }))
  const opened = await station.takeOver({ open: true })
  return opened.ok ? ok(statusOf(station.state, station.civil())) : opened
}
