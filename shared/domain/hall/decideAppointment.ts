import { faultOf } from '../../fault.ts'
import { err, ok, type Result } from '../../result.ts'
import type { HallCommand } from './command.ts'
import { nextName, type Decision, type DecidingFacts } from './decision.ts'
import type { Booking, Hall } from './hallState.ts'
import { decidePromise, nextBooking } from './decidePromise.ts'
import { freePlace, isBookable, minutesOf } from './slots.ts'

type AppointmentCommand = Extract<HallCommand, { type: 'book' | 'promise' | 'move' | 'cancel' | 'checkIn' }>

/**
 * What a command makes of the appointments. Faults: appointment.unknown, appointment.state, appointment.closed (no
 * appointments then), appointment.past, appointment.full, appointment.otherDay; hall.notOpen, ticket.service.
 */
export function decideAppointment(hall: Hall, command: AppointmentCommand, facts: DecidingFacts): Result<Decision> {
  if (command.type === 'book') return book(hall, command, facts)
  if (command.type === 'promise') return decidePromise(hall, command, facts)
  const booking = hall.bookings.get(command.appointment)
  if (booking === undefined) return err(faultOf('appointment.unknown', command.appointment))
  if (command.type === 'checkIn') return checkIn(hall, booking, command.priority, facts)
  if (booking.state !== 'booked' && !(command.type === 'move' && ['cancelled', 'missed'].includes(booking.state)))
    return err(faultOf('appointment.state', booking.state))
  if (command.type === 'cancel') return ok({ event: { type: 'cancelled', appointment: booking.appointment } })
  const { day, time } = command
  const place = placeFor(hall, { ...booking, day, time }, facts, booking.appointment)
  if (!place.ok) return place
  return ok({ event: { type: 'moved', appointment: booking.appointment, day, time, place: place.value } })
}

function book(
  hall: Hall,
  { service, day, time, person }: Extract<HallCommand, { type: 'book' }>,
  facts: DecidingFacts,
): Result<Decision> {
  if (!facts.services.includes(service)) return err(faultOf('ticket.service', service, { service }))
  const { minutes } = facts.pattern
  const place = placeFor(hall, { service, day, time, minutes }, facts)
  if (!place.ok) return place
  const appointment = nextBooking(hall)
  const booked = { type: 'booked', appointment, service, day, time, minutes, place: place.value } as const
  return ok({ event: person === undefined ? booked : { ...booked, person } })
}

type Span = Pick<Booking, 'service' | 'day' | 'time' | 'minutes'>

function placeFor(hall: Hall, span: Span, { pattern, day, time }: DecidingFacts, mine?: string): Result<number> {
  const { day: on, time: at } = span
  if (!isBookable(pattern, on, at, span.minutes)) return err(faultOf('appointment.closed', `${on} ${at}`))
  if (on < day || (on === day && at < time)) return err(faultOf('appointment.past', `${on} ${at}`))
  const place = freePlace(hall, span, pattern.places, mine)
  return place === undefined ? err(faultOf('appointment.full', `${on} ${at}`)) : ok(place)
}

/** Who comes after time and tolerance is served among those without an appointment: it was not missed, and it is late. */
function checkIn(
  hall: Hall,
  booking: Booking,
  priority: Extract<HallCommand, { type: 'checkIn' }>['priority'],
  { pattern, day, time, range }: DecidingFacts,
): Result<Decision> {
  if (!hall.open) return err(faultOf('hall.notOpen'))
  if (booking.state !== 'booked') return err(faultOf('appointment.state', booking.state))
  if (booking.day !== hall.day) return err(faultOf('appointment.otherDay', `${booking.day} ${booking.time}`))
  const late = day > booking.day || minutesOf(time) > minutesOf(booking.time) + pattern.toleranceMinutes
  return ok({
    event: {
      type: 'issued',
      ticket: nextName(hall, `${range}${booking.service}`),
      service: booking.service,
      appointment: booking.appointment,
      ...(late ? { late } : {}),
      ...(priority === undefined ? {} : { priority }),
    },
  })
}
