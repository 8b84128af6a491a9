import { z } from 'zod'

/**
 * Why somebody is called before others. An appointment is none of them: it goes by its own time. `declared`: said at a
 * kiosk, which asks nobody for a reason.
 */
export const priority = z.enum(['urgent', 'elderly', 'disabled', 'pregnant', 'declared'])
export type Priority = z.infer<typeof priority>

/** The letter of a service, as it stands before the number on the paper. */
export const serviceLetter = z.string().regex(/^[A-Z]{1,2}$/)
/** The code of a sheet of the catalogue, as `procedure` has it: the hall knows no more of it. */
export const procedureCode = z.string().regex(/^[A-Z0-9-]{1,80}$/)
/** A counter of the hall: its number, or its code. */
export const hallCounter = z.union([z.int().min(1).max(999), z.string().regex(/^(?=.*[A-Za-z])[A-Za-z0-9-]{1,12}$/)])
export type HallCounter = z.infer<typeof hallCounter>
/** A counter as it is said (`7`, `G2`) in the shape that the log has. */
export const counterNamed = (said: string): HallCounter => (/^\d+$/.test(said) ? Number(said) : said)
/** `A012` of the shared line; `S2-A003` from the range of an island. */
export const ticketName = z.string().regex(/^(S\d{1,2}-)?[A-Z]{1,2}\d{3,5}$/)

/** A station of the hall, as the roster names it. */
export const stationName = z.string().regex(/^station-\d{1,2}$/)
/** Where the file of a ticket is, and under which id its register there has it: what is in it, the hall never knows. */
export const ticketFile = z.strictObject({ station: stationName, id: z.uuid() })

export const ticketState = z.enum(['waiting', 'called', 'parked', 'missed', 'done'])
export type TicketState = z.infer<typeof ticketState>

/** One citizen's place in a business day. */
export interface Ticket {
  readonly ticket: string
  /** The business day that it was issued in: never what midnight makes of it. */
  readonly day: string
  readonly service: string
  readonly priority?: Priority
  /** The appointment that was checked in, with its time (HH:MM): called in the order of these. */
  readonly appointment?: { readonly id: string; readonly time: string; readonly late: boolean }
  readonly state: TicketState
  /** Place in the order of issue, as the log has it; kept through transfers. */
  readonly rank: number
  /** Where it was called; stays after its end. */
  readonly counter?: HallCounter
  /** Transferred to one counter: no other calls it. */
  readonly reserved?: HallCounter
  /** The station that called it. */
  readonly via?: string
  readonly recalls: number
  /** What was begun for its citizen, where a counter let it go with the ticket. */
  readonly file?: z.infer<typeof ticketFile>
  /** UTC instants by the clock of who served: shown, never used for order. */
  readonly issuedAt: string
  readonly calledAt?: string
  /** Since when the called citizen stands at the counter. */
  readonly hereAt?: string
  /** Since when nobody sits at the counter to which he was called: its agent signed off, and no other signed on. */
  readonly leftAt?: string
  readonly endedAt?: string
}
