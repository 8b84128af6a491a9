import { z } from 'zod'
import { hallEvent } from './event.ts'
import { hallCounter, priority, serviceLetter, ticketName } from './ticket.ts'

const ofTicket = { ticket: ticketName, counter: hallCounter.optional() }
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** What a station is asked to make happen. Its answer is an event that a majority has, or a fault. */
export const hallCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open') }),
  z.strictObject({ type: z.literal('close') }),
  z.strictObject({ type: z.literal('issue'), service: serviceLetter, priority: priority.optional() }),
  z.strictObject({
    type: z.literal('call'),
    counter: hallCounter,
    service: serviceLetter.optional(),
    ticket: ticketName.optional(),
  }),
  z.strictObject({ type: z.literal('recall'), ...ofTicket }),
  z.strictObject({ type: z.literal('return'), ...ofTicket }),
  z.strictObject({ type: z.literal('park'), ...ofTicket }),
  z.strictObject({ type: z.literal('missed'), ...ofTicket }),
  z.strictObject({ type: z.literal('done'), ...ofTicket }),
  z.strictObject({ type: z.literal('transfer'), ...ofTicket, service: serviceLetter.optional() }),
  z.strictObject({ type: z.literal('book'), service: serviceLetter, day: z.iso.date(), time }),
  z.strictObject({ type: z.literal('move'), appointment: z.string().max(40), day: z.iso.date(), time }),
  z.strictObject({ type: z.literal('cancel'), appointment: z.string().max(40) }),
  z.strictObject({ type: z.literal('checkIn'), appointment: z.string().max(40), priority: priority.optional() }),
  /** What stations say by themselves, once: the end of an island, a tail, a doubt. */
  z.strictObject({ type: z.literal('tell'), event: hallEvent }),
])
export type HallCommand = z.infer<typeof hallCommand>

/** The answer of what was done: the ticket or the appointment it was done to. */
export const hallAnswer = z.strictObject({
  ticket: z.string().nullable().optional(),
  appointment: z.string().optional(),
  day: z.string().optional(),
})
export type HallAnswer = z.infer<typeof hallAnswer>
