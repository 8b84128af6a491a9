import { z } from 'zod'
import { checks, identity, photo } from '../domain/identity.ts'
import { faultSchema } from './faultSchema.ts'

export const readerInfo = z.strictObject({ reader: z.string(), simulated: z.boolean(), card: z.boolean() })
export type ReaderInfo = z.infer<typeof readerInfo>

/** APDUs and bytes exchanged with the card; data bytes and headers, status words included in `bytesIn`. */
export const exchange = z.strictObject({ apdus: z.int(), bytesOut: z.int(), bytesIn: z.int() })
export type Exchange = z.infer<typeof exchange>

/** A whole card, as read. `timings` are milliseconds since the card was opened. */
export const cardReading = z.strictObject({
  profile: z.string(),
  reader: z.string(),
  simulated: z.boolean(),
  atr: z.string(),
  identity,
  photo: photo.optional(),
  checks,
  exchange,
  timings: z.strictObject({ firstIdentityMs: z.number(), totalMs: z.number() }),
})
export type CardReading = z.infer<typeof cardReading>

/**
 * What happens at the readers, as a stream of states. `identity` comes after the first two files with
 * every check still `notChecked`; `photo` follows; `done` carries the verdicts.
 */
export const cardEvent = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('noService') }),
  z.strictObject({ state: z.literal('noReader') }),
  z.strictObject({ state: z.literal('empty'), reader: z.string(), simulated: z.boolean() }),
  z.strictObject({ state: z.literal('reading'), reader: z.string(), step: z.enum(['identity', 'photo', 'proof']), done: z.int(), total: z.int() }),
  z.strictObject({ state: z.literal('identity'), reader: z.string(), reading: cardReading }),
  z.strictObject({ state: z.literal('photo'), reader: z.string(), reading: cardReading }),
  z.strictObject({ state: z.literal('done'), reader: z.string(), reading: cardReading }),
  z.strictObject({ state: z.literal('failed'), reader: z.string(), fault: faultSchema }),
  z.strictObject({ state: z.literal('removed'), reader: z.string() }),
])
export type CardEvent = z.infer<typeof cardEvent>

/** The simulated cards of training mode: who they stand for, or what goes wrong with them. */
export const trainingCard = z.enum(['citizen', 'foreigner', 'child', 'expired', 'tampered', 'slow', 'mute', 'notEid'])
export type TrainingCard = z.infer<typeof trainingCard>
