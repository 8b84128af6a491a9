import { z } from 'zod'
import type { Result } from '../result.ts'

/** Dots across a roll at 203 dpi (8 a millimetre): what is printed of 80 mm, and of 58 mm. */
export const rollDots = z.union([z.literal(576), z.literal(384)])
export type RollDots = z.infer<typeof rollDots>

/** Longer than any ticket, in rows of dots: half a metre of paper. */
const mostRows = 4_000

/** A ticket as its printer burns it: one bit a dot, 1 is black, rows from the top, the first dot in the highest bit. */
export const ticketRaster = z.strictObject({
  width: rollDots,
  height: z.int().min(1).max(mostRows),
  bits: z.instanceof(Uint8Array),
})
export type TicketRaster = Readonly<z.infer<typeof ticketRaster>>

/** `none`: this machine has no ticket printer; `low`: the roll ends soon; `out`: it prints nothing now, and why. */
export const ticketPrinterState = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({
    state: z.literal('ready'),
    dots: rollDots,
    low: z.boolean(),
    /** It takes what it is sent and says nothing: whether it has paper, and whether a ticket came out, is not known. */
    mute: z.literal(true).exactOptional(),
  }),
  z.strictObject({
    state: z.literal('out'),
    dots: rollDots,
    why: z.enum(['paper', 'cover', 'offline', 'unreachable']),
  }),
])
export type TicketPrinterState = z.infer<typeof ticketPrinterState>

/** The printer of tickets of this machine, asked before and after each. */
export interface TicketPrinter {
  /** Asks the printer. Faults: devices.down. */
  status(): Promise<Result<TicketPrinterState>>
  /** What it answered last; nothing before the first answer. */
  seen(): TicketPrinterState | undefined
  /**
   * Prints one ticket, and answers when the printer says that it came out. Faults: ticket.noPaper (nothing was sent),
   * printer.noAnswer (it was sent, and paper or printer failed meanwhile), printer.none, printer.media (a ticket of
   * another width), devices.down.
   */
  print(ticket: TicketRaster): Promise<Result<unknown>>
}
