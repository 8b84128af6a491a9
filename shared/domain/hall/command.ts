import { z } from 'zod'
import { agentName, hallEvent } from './event.ts'
import { personMark } from './person.ts'
import { hallCounter, priority, serviceLetter, ticketName } from './ticket.ts'

const ofTicket = { ticket: ticketName, counter: hallCounter.optional() }
const services = z.array(serviceLetter).max(26)
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
  /** Whoever is at this counter is done, and who is next is called: one entry, or nothing of it. */
  z.strictObject({ type: z.literal('next'), counter: hallCounter, service: serviceLetter.optional() }),
  z.strictObject({ type: z.literal('here'), ...ofTicket }),
  z.strictObject({ type: z.literal('recall'), ...ofTicket }),
  z.strictObject({ type: z.literal('return'), ...ofTicket }),
  z.strictObject({ type: z.literal('park'), ...ofTicket }),
  z.strictObject({ type: z.literal('missed'), ...ofTicket }),
  z.strictObject({ type: z.literal('done'), ...ofTicket }),
  z.strictObject({ type: z.literal('transfer'), ...ofTicket, service: serviceLetter.optional() }),
  /** Its file is at the station that asks; the id is that of the file in its register. */
  z.strictObject({ type: z.literal('file'), ...ofTicket, id: z.uuid() }),
  z.strictObject({ type: z.literal('signOn'), counter: hallCounter, agent: agentName, services }),
  z.strictObject({ type: z.literal('signOff'), counter: hallCounter }),
  z.strictObject({ type: z.literal('away'), counter: hallCounter, away: z.boolean(), back: time.optional() }),
  z.strictObject({ type: z.literal('assign'), counter: hallCounter, services }),
  z.strictObject({
    type: z.literal('service'),
    service: serviceLetter,
    open: z.boolean(),
    opensAt: time.optional(),
  }),
  z.strictObject({
    type: z.literal('message'),
    from: agentName,
    to: hallCounter.optional(),
    text: z.string().min(1).max(200),
  }),
  z.strictObject({ type: z.literal('alarm'), counter: hallCounter, on: z.boolean() }),
  z.strictObject({
    type: z.literal('book'),
    service: serviceLetter,
    day: z.iso.date(),
    time,
    person: personMark.optional(),
  }),
  /** What the platform says of an appointment that was made there: once, however often it is said. */
  z.strictObject({
    type: z.literal('promise'),
    reference: z.uuid(),
    service: serviceLetter,
    day: z.iso.date(),
    time,
    minutes: z.int().min(5).max(480),
    state: z.enum(['booked', 'cancelled']),
    person: personMark.optional(),
  }),
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
