import { faultOf } from '../../fault.ts'
import { err, ok, type Result } from '../../result.ts'
import type { HallCommand } from './command.ts'
import type { Decision, DecidingFacts } from './decision.ts'
import type { Booking, Hall } from './hallState.ts'
import { saidOf, type Promised } from './promise.ts'
import { freePlace } from './slots.ts'

type Command = Extract<HallCommand, { type: 'promise' }>

/**
 * What is promised elsewhere gets its place here, beyond the usual places where they are taken: somebody was told that
 * he may come. Only what the platform says anew changes a booking: what was moved or cancelled at a counter stays so.
 * Faults: ticket.service, appointment.past.
 */
export function decidePromise(hall: Hall, command: Command, facts: DecidingFacts): Result<Decision> {
  const { reference, service, day, time, minutes, person } = command
  const said = { reference, said: saidOf(command) }
  const known = [...hall.bookings.values()].find((one) => one.promise?.reference === reference)
  if (known !== undefined) return ok(changed(hall, known, command, said))
  if (command.state === 'cancelled') return ok({ answer: {} })
  if (!facts.services.includes(service)) return err(faultOf('ticket.service', service, { service }))
  if (day < facts.day) return err(faultOf('appointment.past', `${day} ${time}`))
  const place = freePlace(hall, { service, day, time, minutes }, Infinity) ?? 0
  return ok({
    event: {
      type: 'booked',
      appointment: nextBooking(hall),
      service,
      day,
      time,
      minutes,
      place,
      promise: said,
      ...(person === undefined ? {} : { person }),
    },
  })
}

function changed(hall: Hall, known: Booking, { day, time, state }: Command, said: Promised): Decision {
  const { appointment } = known
  if (known.promise?.said === said.said) return { answer: { appointment } }
  if (state === 'cancelled')
    return known.state === 'booked'
      ? { event: { type: 'cancelled', appointment, promise: said } }
      : { answer: { appointment } }
  if (known.state === 'checkedIn' || known.state === 'done') return { answer: { appointment } }
  const place = freePlace(hall, { ...known, day, time }, Infinity, appointment) ?? 0
  return { event: { type: 'moved', appointment, day, time, place, promise: said } }
}

/** `R0007` after `R0006`. */
export const nextBooking = (hall: Hall): string => `R${String(hall.booked + 1).padStart(4, '0')}`
