import { z } from 'zod'
import { serviceLetter, ticketName } from '../../../domain/hall/ticket.ts'
import { localised, type Localised } from '../../../domain/text.ts'
import type { AppointmentView } from './views.ts'

/** What the list of a day is drawn from. A booking bears no name, and so does the paper. */
export const dayListFacts = z.strictObject({
  day: z.iso.date(),
  /** UTC instant at which it was made, and the minutes ahead of it that are in force at the office. */
  at: z.iso.datetime(),
  utcOffsetMinutes: z.int().min(-840).max(840),
  authority: z.array(localised).min(1),
  office: localised,
  /** In the order of their time; what was cancelled is not in it. */
  lines: z
    .array(
      z.strictObject({
        /** HH:MM, in the legal time of the office. */
        time: z.string().max(5),
        appointment: z.string().max(40),
        service: serviceLetter,
        name: localised,
        minutes: z.int().positive(),
        /** The ticket that it became, where he is there already. */
        ticket: ticketName.exactOptional(),
      }),
    )
    .max(5_000),
})
export type DayListFacts = z.infer<typeof dayListFacts>

/** The lines of a day: what was cancelled is left out. `nameOf`: what a service is called. */
export const dayListLines = (
  appointments: readonly AppointmentView[],
  nameOf: (letter: string) => Localised | undefined,
): DayListFacts['lines'] =>
  appointments
    .filter(({ state }) => state !== 'cancelled')
    .toSorted((one, other) => one.time.localeCompare(other.time) || one.appointment.localeCompare(other.appointment))
    .map(({ time, appointment, service, minutes, ticket }) => ({
      time,
      appointment,
      service,
      minutes,
      name: nameOf(service) ?? { fr: service, ar: service },
      ...(ticket === undefined ? {} : { ticket }),
    }))
