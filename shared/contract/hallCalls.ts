import { z } from 'zod'
import { hallCommand } from '../domain/hall/command.ts'
import { numbersOnDocument, personNumber } from '../domain/hall/person.ts'
import { serviceLetter, ticketName } from '../domain/hall/ticket.ts'
import { boardView, hallView } from './features/hall/views.ts'

/**
 * What is asked of the running station of a data folder: by the commands of its machine at a socket, by the worker over
 * a port. One table answers both (`electron/hall/local/answerTo.ts`).
 */
export const hallRequest = z.discriminatedUnion('call', [
  z.strictObject({ call: z.literal('status') }),
  z.strictObject({ call: z.literal('open') }),
  z.strictObject({ call: z.literal('takeOver'), forced: z.boolean() }),
  // What stations say to each other by themselves, nobody says for them.
  z.strictObject({
    call: z.literal('command'),
    id: z.uuid(),
    command: hallCommand.refine(({ type }) => type !== 'tell' && type !== 'open'),
  }),
  /** One ticket of the day, how many are called before it, and for how long. */
  z.strictObject({ call: z.literal('ticket'), ticket: ticketName }),
  z.strictObject({ call: z.literal('appointments'), day: z.iso.date().optional() }),
  /** One appointment, and those of a day, as counters see them. */
  z.strictObject({ call: z.literal('booking'), appointment: z.string().max(40) }),
  z.strictObject({ call: z.literal('bookings'), day: z.iso.date() }),
  /** The mark of a person for a booking, from his number; `salt`: the id of the command that books. */
  z.strictObject({ call: z.literal('mark'), number: personNumber, salt: z.uuid() }),
  /** The appointments that whoever has one of these numbers has today. */
  z.strictObject({ call: z.literal('bookingsOf'), numbers: numbersOnDocument }),
  /** What the hall knows of the appointments that were made at the platform. */
  z.strictObject({ call: z.literal('promises') }),
  z.strictObject({ call: z.literal('free'), service: serviceLetter, day: z.iso.date() }),
  z.strictObject({ call: z.literal('history'), from: z.iso.date(), to: z.iso.date() }),
  z.strictObject({ call: z.literal('forecast'), day: z.iso.date() }),
  z.strictObject({ call: z.literal('calendar') }),
  z.strictObject({ call: z.literal('log') }),
])
export type HallRequest = z.infer<typeof hallRequest>

/** What the worker asks of the hall. The answer is of the shape that its request has. */
export const hallCalls = { 'hall.ask': { input: hallRequest, output: z.unknown() } } as const
export type HallCalls = typeof hallCalls

/** The hall and its board as a station knows them: the worker adds which counter it is, and its printer. */
export const hallFacts = z.strictObject({
  hall: hallView.omit({ counter: true }),
  board: boardView.omit({ paper: true }),
})
export type HallFacts = z.infer<typeof hallFacts>

/** Told at every change, the whole state each time. */
export const hallEvents = { changed: hallFacts } as const
export type HallEvents = typeof hallEvents
