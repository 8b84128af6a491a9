import type { Hall } from './hallState.ts'
import type { HallCounter, Ticket } from './ticket.ts'

/**
 * Who is called next, as a sign in the hall can say it:
 * 1. what is urgent; 2. the elderly, the disabled, the pregnant, and who says at the kiosk that he needs it; 3. appointments that were checked in, by their time;
 * 4. everybody else. Within each by issue. A transferred ticket keeps its place of issue; one that was transferred to
 * a counter is seen by that counter only. No clock takes part.
 */
const classOf = ({ priority, appointment }: Ticket): number => {
  if (priority === 'urgent') return 1
  if (priority !== undefined) return 2
  return appointment === undefined || appointment.late ? 4 : 3
}

/** Negative when `a` is called before `b`. */
export const byOrder = (a: Ticket, b: Ticket): number =>
  classOf(a) - classOf(b) || (classOf(a) === 3 ? compareTimes(a, b) : 0) || a.rank - b.rank

const compareTimes = (a: Ticket, b: Ticket): number => {
  const [one = '', other = ''] = [a.appointment?.time, b.appointment?.time]
  return one < other ? -1 : one > other ? 1 : 0
}

/**
 * Whether a counter calls a service: all where nobody signed on and nobody assigned any, as on an office of the command
 * line; none where it was closed.
 */
export function isServedAt(hall: Hall, counter: HallCounter, service: string): boolean {
  const known = hall.counters.get(String(counter))
  if (known?.closed === true) return false
  return known?.services === undefined || known.services.length === 0 || known.services.includes(service)
}

/**
 * Whether a ticket is in the line of a counter, and of a service where one is named. Who was sent to this counter is
 * called there, whatever it serves.
 */
export const isFor = (hall: Hall, ticket: Ticket, counter: HallCounter, service: string | undefined): boolean =>
  ticket.state === 'waiting' &&
  ticket.day === hall.day &&
  (service === undefined || ticket.service === service) &&
  (ticket.reserved === undefined ? isServedAt(hall, counter, ticket.service) : ticket.reserved === counter)

/** The ticket that a counter calls next; nothing when nobody waits for it. */
export function nextTicket(hall: Hall, counter: HallCounter, service?: string): Ticket | undefined {
  let first: Ticket | undefined
  for (const ticket of hall.tickets.values())
    if (isFor(hall, ticket, counter, service) && (first === undefined || byOrder(ticket, first) < 0)) first = ticket
  return first
}
