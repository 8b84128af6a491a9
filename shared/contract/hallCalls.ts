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

/** The file of a ticket as one worker gives it to another: to the hall it is a text, of at most so many characters. */
export const longestFile = 6 * 1024 * 1024
export const fileText = z.string().max(longestFile)

/** What the worker asks of the hall. The answer is of the shape that its request has. */
export const hallCalls = {
  'hall.ask': { input: hallRequest, output: z.unknown() },
  /** The file of a ticket that was called here, from the station where it is. At the socket nobody asks for one. */
  'hall.file': { input: z.strictObject({ ticket: ticketName }), output: z.strictObject({ file: fileText }) },
  /** What was `wanted`; nothing where this register has it no more. */
  'hall.give': {
    input: z.strictObject({ wanted: z.uuid(), file: fileText.optional() }),
    output: z.strictObject({}),
  },
} as const
export type HallCalls = typeof hallCalls

/** The hall and its board as a station knows them: the worker adds which counter it is, and its printer. */
export const hallFacts = z.strictObject({
  hall: hallView.omit({ counter: true }),
  board: boardView.omit({ paper: true }),
})
export type HallFacts = z.infer<typeof hallFacts>

/** Told at every change, the whole state each time; and each time that a file of this register is asked for, by its id. */
export const hallEvents = {
  changed: hallFacts,
  wanted: z.strictObject({ wanted: z.uuid(), id: z.uuid() }),
} as const
export type HallEvents = typeof hallEvents
