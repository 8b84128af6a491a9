import { z } from 'zod'
import { islandEvent } from '#shared/domain/hall/event.ts'
import { entry } from './entry.ts'

/** What a station writes to its disk. Nothing is ever written over: what is cut off is cut off by a record. */
export const diskRecord = z.discriminatedUnion('t', [
  /** From now on nothing of an older epoch is taken, and of this one only from `to`. */
  z.strictObject({ t: z.literal('promise'), epoch: z.int(), to: z.string() }),
  /** `commit`: up to where a majority was known to have the log when this was written. */
  z.strictObject({ t: z.literal('entry'), entry, commit: z.int() }),
  z.strictObject({ t: z.literal('cut'), after: z.int() }),
  z.strictObject({ t: z.literal('island'), n: z.int(), day: z.iso.date(), at: z.iso.datetime() }),
  z.strictObject({
    t: z.literal('islandEvent'),
    n: z.int(),
    id: z.string(),
    question: z.string(),
    said: islandEvent,
  }),
  /** From here on the island does nothing more: what it did is being told. */
  z.strictObject({ t: z.literal('joining'), n: z.int() }),
])
export type DiskRecord = z.infer<typeof diskRecord>
