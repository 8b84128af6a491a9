import { z } from 'zod'
import { personMark } from './person.ts'
import { promise } from './promise.ts'
import { hallCounter, priority, serviceLetter, stationName, ticketFile, ticketName } from './ticket.ts'

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const appointmentName = z.string().min(1).max(40)
/** Who works or speaks, by the name that colleagues see. */
export const agentName = z.string().min(1).max(120)

/** What may befall a ticket: on the shared line, and on an island. */
const ticketEvents = [
  z.strictObject({
    type: z.literal('issued'),
    ticket: ticketName,
    service: serviceLetter,
    priority: priority.optional(),
    appointment: appointmentName.optional(),
    /** Checked in after its time and the tolerance: it goes by issue. */
    late: z.literal(true).optional(),
  }),
  z.strictObject({ type: z.literal('called'), ticket: ticketName, counter: hallCounter, via: stationName }),
  z.strictObject({ type: z.literal('recalled'), ticket: ticketName, counter: hallCounter, via: stationName }),
  /** The called citizen stands at the counter. */
  z.strictObject({ type: z.literal('here'), ticket: ticketName }),
  z.strictObject({ type: z.literal('returned'), ticket: ticketName }),
  z.strictObject({ type: z.literal('parked'), ticket: ticketName }),
  z.strictObject({ type: z.literal('missed'), ticket: ticketName }),
  z.strictObject({ type: z.literal('done'), ticket: ticketName }),
  z.strictObject({
    type: z.literal('transferred'),
    ticket: ticketName,
    service: serviceLetter.optional(),
    counter: hallCounter.optional(),
  }),
  /** The station that called it has what was begun for its citizen: the others ask there for it. */
  z.strictObject({ type: z.literal('filed'), ticket: ticketName, file: ticketFile }),
] as const

/** One stroke at a counter, one entry: whoever was there is done, and who is next is called, if anybody waits. */
const next = z.strictObject({
  type: z.literal('next'),
  counter: hallCounter,
  via: stationName,
  ends: z.array(ticketName).max(20),
  calls: ticketName.optional(),
})

export type TicketEvent = z.infer<(typeof ticketEvents)[number]>

/** An event of an island, with the instant that its station's clock showed. */
export const islandEvent = z.strictObject({
  at: z.iso.datetime(),
  event: z.discriminatedUnion('type', [...ticketEvents, next]),
})
export type IslandEvent = z.infer<typeof islandEvent>

/** Of counters, of services, and what people say to each other; all of it belongs to its day. */
const houseEvents = [
  /** From now on its calls are of these services; of all, where there are none. */
  z.strictObject({
    type: z.literal('signedOn'),
    counter: hallCounter,
    agent: agentName,
    services: z.array(serviceLetter).max(26),
  }),
  z.strictObject({ type: z.literal('signedOff'), counter: hallCounter }),
  z.strictObject({ type: z.literal('away'), counter: hallCounter, back: timeOfDay.optional() }),
  z.strictObject({ type: z.literal('cameBack'), counter: hallCounter }),
  /** By the supervisor; no service: the counter is closed. */
  z.strictObject({ type: z.literal('assigned'), counter: hallCounter, services: z.array(serviceLetter).max(26) }),
  z.strictObject({ type: z.literal('serviceClosed'), service: serviceLetter, opensAt: timeOfDay.optional() }),
  z.strictObject({ type: z.literal('serviceOpened'), service: serviceLetter }),
  z.strictObject({
    type: z.literal('message'),
    from: agentName,
    to: hallCounter.optional(),
    text: z.string().min(1).max(200),
  }),
  z.strictObject({ type: z.literal('alarm'), counter: hallCounter, on: z.boolean() }),
] as const

const appointmentEvents = [
  z.strictObject({
    type: z.literal('booked'),
    appointment: appointmentName,
    service: serviceLetter,
    day: z.iso.date(),
    time: timeOfDay,
    /** Frozen in the booking: a service that takes longer from tomorrow on moves nothing that was promised. */
    minutes: z.int().min(5).max(480),
    place: z.int().min(0),
    /** Whose it is, where a number was given. */
    person: personMark.optional(),
    promise: promise.optional(),
  }),
  z.strictObject({
    type: z.literal('moved'),
    appointment: appointmentName,
    day: z.iso.date(),
    time: timeOfDay,
    place: z.int().min(0),
    promise: promise.optional(),
  }),
  z.strictObject({ type: z.literal('cancelled'), appointment: appointmentName, promise: promise.optional() }),
] as const

/** What happens in a hall. The log of these is the hall: everything else is made from it. */
export const hallEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('tookOver'), station: stationName }),
  z.strictObject({ type: z.literal('opened'), day: z.iso.date() }),
  z.strictObject({ type: z.literal('closed') }),
  ...ticketEvents,
  next,
  ...houseEvents,
  ...appointmentEvents,
  /** What an island did while it was one, `from` its first event that is told here. */
  z.strictObject({
    type: z.literal('joined'),
    station: stationName,
    island: z.int().min(1),
    day: z.iso.date(),
    events: z.array(islandEvent).max(5_000),
  }),
  /** What a station had on its disk that no majority ever had: nobody was answered, and somebody may want to look. */
  z.strictObject({
    type: z.literal('tail'),
    station: stationName,
    entries: z
      .array(z.strictObject({ epoch: z.int(), seq: z.int(), what: z.string(), ticket: z.string().optional() }))
      .max(500),
  }),
  /** A station lost what it had said was on its disk. */
  z.strictObject({ type: z.literal('doubted'), station: stationName }),
])
export type HallEvent = z.infer<typeof hallEvent>
export type HouseEvent = z.infer<(typeof houseEvents)[number]>

/** What befell tickets in one event: one stroke is two of them. */
export function ticketEventsOf(event: HallEvent): readonly TicketEvent[] {
  if (event.type !== 'next') return 'ticket' in event ? [event] : []
  const { ends, calls, counter, via } = event
  return [
    ...ends.map((ticket) => ({ type: 'done', ticket }) as const),
    ...(calls === undefined ? [] : [{ type: 'called', ticket: calls, counter, via } as const]),
  ]
}
