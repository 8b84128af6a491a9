import { z } from 'zod'
import { calls as shapes, type calls } from '#shared/contract/features/hall/calls.ts'
import { numbersOf, personMark } from '#shared/domain/hall/person.ts'
import type { HallCommand } from '#shared/domain/hall/command.ts'
import { ok } from '#shared/result.ts'
import type { Answers } from '../../core/caller.ts'
import { dayList } from './dayList.ts'
import type { Giving } from './giveTicket.ts'

type AppointmentCall = Extract<keyof typeof calls, `appointments.${string}`>

const text = z.strictObject({ text: z.string() })

/** The appointments of the office. Faults: appointment.*, ticket.service, hall.notOpen, hall.noMajority. */
export function appointmentCalls(asking: Giving): Pick<Answers<typeof calls>, AppointmentCall> {
  const { answering, ask, ofAppointment, give } = asking
  return {
    'appointments.paper': ({ day }) => dayList(asking, day),
    'appointments.list': ({ day }) => ask({ call: 'bookings', day }, shapes['appointments.list'].output),
    'appointments.free': ({ service, day }) => ask({ call: 'free', service, day }, shapes['appointments.free'].output),
    'appointments.book': async ({ commandId, number, ...booked }) => {
      if (number === undefined) return ofAppointment(commandId, { type: 'book', ...booked })
      const person = await ask({ call: 'mark', number, salt: commandId }, personMark)
      return person.ok ? ofAppointment(commandId, { type: 'book', ...booked, person: person.value }) : person
    },
    'appointments.ofCitizen': (_, { session }) => {
      const citizen = answering.seat.of(session)?.citizen()
      const numbers = citizen === undefined ? [] : numbersOf(citizen.identity)
      return ask({ call: 'bookingsOf', numbers }, shapes['appointments.ofCitizen'].output)
    },
    'appointments.move': ({ commandId, appointment, day, time }) =>
      ofAppointment(commandId, { type: 'move', appointment, day, time }),
    'appointments.cancel': ({ commandId, appointment }) => ofAppointment(commandId, { type: 'cancel', appointment }),
    'appointments.checkIn': async ({ commandId, appointment, priority, aloud }) => {
      const checkIn: HallCommand = { type: 'checkIn', appointment, ...(priority === undefined ? {} : { priority }) }
      const issued = await give(commandId, checkIn, aloud)
      return issued.ok ? ok({ ticket: issued.value.ticket, printed: issued.value.printed }) : issued
    },
    'appointments.calendar': () => ask({ call: 'calendar' }, text),
  }
}
