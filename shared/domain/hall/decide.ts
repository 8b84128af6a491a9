import { faultOf } from '../../fault.ts'
import { err, ok, type Result } from '../../result.ts'
import { decideAppointment } from './decideAppointment.ts'
import { decideHouse } from './decideHouse.ts'
import { decideNext } from './decideNext.ts'
import type { HallCommand } from './command.ts'
import { nextName, type Decision, type DecidingFacts } from './decision.ts'
import type { HallEvent } from './event.ts'
import type { Hall } from './hallState.ts'
import { isFor, nextTicket } from './order.ts'
import { minutesOf } from './slots.ts'
import type { HallCounter, Ticket, TicketState } from './ticket.ts'

/** How often a ticket is called out again before it counts as missed: it-at-m ZMS has three. */
export const recallLimit = 3

/**
 * What a command makes of a hall. Faults: hall.notOpen, hall.notSignedOn, ticket.unknown, ticket.state, ticket.notHere,
 * ticket.recalled, ticket.early, ticket.service, ticket.serviceClosed, appointment.*, clock.behind, call.invalid.
 */
export function decide(hall: Hall, command: HallCommand, facts: DecidingFacts): Result<Decision> {
  switch (command.type) {
    case 'open':
      return open(hall, facts)
    case 'close':
      return hall.open ? done({ type: 'closed' }) : notOpen
    case 'tell':
      return done(command.event)
    case 'book':
    case 'promise':
    case 'move':
    case 'cancel':
    case 'checkIn':
      return decideAppointment(hall, command, facts)
    case 'signOn':
    case 'signOff':
    case 'away':
    case 'assign':
    case 'service':
    case 'message':
    case 'alarm':
      return decideHouse(hall, command, facts)
    case 'next':
      return hall.open ? decideNext(hall, command, facts) : notOpen
    default:
      return hall.open ? decideTicket(hall, command, facts) : notOpen
  }
}

const done = (event: HallEvent): Result<Decision> => ok({ event })
const notOpen = err(faultOf('hall.notOpen'))

function open(hall: Hall, { day }: DecidingFacts): Result<Decision> {
  if (hall.day !== undefined && day < hall.day)
    return err(faultOf('clock.behind', `the hall was opened for ${hall.day}`))
  return hall.open && hall.day === day ? ok({ answer: { day } }) : done({ type: 'opened', day })
}

type TicketCommand = Extract<
  HallCommand,
  { type: 'issue' | 'call' | 'here' | 'recall' | 'return' | 'park' | 'missed' | 'done' | 'transfer' | 'file' }
>

function decideTicket(hall: Hall, command: TicketCommand, facts: DecidingFacts): Result<Decision> {
  if (command.type === 'issue') return issue(hall, command, facts)
  if (command.type === 'call' && command.ticket === undefined) return callNext(hall, command, facts)
  const ticket = command.ticket === undefined ? undefined : hall.tickets.get(command.ticket)
  if (ticket === undefined) return err(faultOf('ticket.unknown', command.ticket, { ticket: command.ticket ?? '' }))
  return move(hall, ticket, command, facts)
}

function issue(
  hall: Hall,
  { service, priority }: Extract<HallCommand, { type: 'issue' }>,
  { range, services }: DecidingFacts,
): Result<Decision> {
  if (!services.includes(service)) return err(faultOf('ticket.service', service, { service }))
  if (hall.closedServices.has(service)) return err(faultOf('ticket.serviceClosed', service, { service }))
  const ticket = nextName(hall, `${range}${service}`)
  return done({ type: 'issued', ticket, service, ...(priority === undefined ? {} : { priority }) })
}

function callNext(
  hall: Hall,
  { counter, service }: Extract<HallCommand, { type: 'call' }>,
  { station, services }: DecidingFacts,
): Result<Decision> {
  if (service !== undefined && !services.includes(service)) return err(faultOf('ticket.service', service, { service }))
  const next = nextTicket(hall, counter, service)
  return next === undefined
    ? ok({ answer: { ticket: null } })
    : done({ type: 'called', ticket: next.ticket, counter, via: station })
}

/** From which states each act goes: whoever is done is not called again, and nobody is called twice. */
const from: Readonly<Record<Exclude<TicketCommand['type'], 'issue'>, readonly TicketState[]>> = {
  call: ['waiting'],
  here: ['called'],
  recall: ['called', 'parked', 'missed'],
  return: ['called'],
  park: ['called'],
  missed: ['called'],
  done: ['called'],
  transfer: ['called', 'parked', 'missed', 'waiting'],
  file: ['called'],
}

type Move = Exclude<TicketCommand, { type: 'issue' }>

function move(hall: Hall, ticket: Ticket, command: Move, facts: DecidingFacts): Result<Decision> {
  const { ticket: name, state } = ticket
  const elsewhere =
    state === 'called' &&
    command.type !== 'transfer' &&
    command.counter !== undefined &&
    command.counter !== ticket.counter
  if (!from[command.type].includes(state) || elsewhere || ticket.day !== hall.day)
    return err(
      faultOf('ticket.state', `${name} is ${state}${ticket.counter === undefined ? '' : ` at ${ticket.counter}`}`, {
        ticket: name,
      }),
    )
  switch (command.type) {
    case 'call':
      return isFor(hall, ticket, command.counter, command.service)
        ? done({ type: 'called', ticket: name, counter: command.counter, via: facts.station })
        : err(faultOf('ticket.state', `${name} waits for another counter`, { ticket: name }))
    case 'here':
      return ticket.hereAt === undefined ? done({ type: 'here', ticket: name }) : ok({ answer: { ticket: name } })
    case 'recall':
      return recall(ticket, command.counter ?? ticket.counter, facts)
    case 'return':
      return done({ type: 'returned', ticket: name })
    case 'park':
      return done({ type: 'parked', ticket: name })
    case 'missed':
      return isEarly(ticket, facts)
        ? err(faultOf('ticket.early', `${name} at ${ticket.appointment?.time ?? ''}`, { ticket: name }))
        : done({ type: 'missed', ticket: name })
    case 'done':
      return done({ type: 'done', ticket: name })
    case 'transfer':
      return transfer(name, command, facts)
    case 'file':
      return ticket.via === facts.station
        ? done({ type: 'filed', ticket: name, file: { station: facts.station, id: command.id } })
        : err(faultOf('ticket.state', `${name} was called elsewhere`, { ticket: name }))
  }
}

function recall(ticket: Ticket, counter: HallCounter | undefined, { station }: DecidingFacts): Result<Decision> {
  if (counter === undefined) return err(faultOf('call.invalid', 'which counter?'))
  if (ticket.recalls >= recallLimit)
    return err(faultOf('ticket.recalled', ticket.ticket, { ticket: ticket.ticket, count: recallLimit }))
  return done({ type: 'recalled', ticket: ticket.ticket, counter, via: station })
}

/**
 * An appointment is missed only after its time and the tolerance: thirty sites of the VA marked people who had checked
 * in as absent, because they were called before their time (va.gov-team #72247).
 */
const isEarly = ({ appointment, day }: Ticket, facts: DecidingFacts): boolean =>
  appointment !== undefined &&
  (facts.day < day ||
    (facts.day === day && minutesOf(facts.time) < minutesOf(appointment.time) + facts.pattern.toleranceMinutes))

function transfer(
  ticket: string,
  { service, counter }: Extract<HallCommand, { type: 'transfer' }>,
  { services }: DecidingFacts,
): Result<Decision> {
  if (service === undefined && counter === undefined) return err(faultOf('call.invalid', '--service or --counter'))
  if (service !== undefined && !services.includes(service)) return err(faultOf('ticket.service', service, { service }))
  return done({
    type: 'transferred',
    ticket,
    ...(service === undefined ? {} : { service }),
    ...(counter === undefined ? {} : { counter }),
  })
}
