import { z } from 'zod'

/** A booking that was made at the platform: its id there, and what the platform said of it last. */
export const promise = z.strictObject({ reference: z.uuid(), said: z.string().max(40) })
export type Promised = z.infer<typeof promise>

/** What the platform says of an appointment, in one word that can be compared. */
export const saidOf = (of: { readonly day: string; readonly time: string; readonly state: string }): string =>
  of.state === 'cancelled' ? of.state : `${of.day} ${of.time}`
