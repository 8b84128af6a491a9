import { z } from 'zod'
import { journalPoint } from './closing.ts'
import { sha256Hex } from '../../ids.ts'
import { closingView } from './closingView.ts'

/** One entry of the journal. No personal data: ids, codes, hashes, reasons. */
export const journalEntry = z.strictObject({
  seq: z.int().positive(),
  at: z.iso.datetime(),
  hlc: z.string(),
  actor: z.string(),
  kind: z.string(),
  subject: z.string(),
  body: z.record(z.string(), z.json()),
  prev: z.string(),
  hash: z.string(),
})
export type JournalEntry = z.infer<typeof journalEntry>

export const journalFilter = z.strictObject({
  day: z.iso.date().optional(),
  actor: z.string().max(80).optional(),
  kind: z.string().max(80).optional(),
})
export type JournalFilter = z.infer<typeof journalFilter>

/** A head that the platform put its name to. */
export const countersignedView = z.strictObject({
  series: z.int(),
  seq: z.int(),
  hash: sha256Hex,
  at: z.iso.datetime(),
  logSize: z.int(),
})

/** What holds the journal from outside, newest first: anchors of the counter, heads of the platform, closings. */
export const journalProofs = z.strictObject({
  head: journalPoint.optional(),
  actors: z.array(z.string()),
  kinds: z.array(z.string()),
  anchors: z.strictObject({
    count: z.int(),
    newest: z.strictObject({ seq: z.int(), at: z.iso.datetime(), kid: z.string() }).optional(),
  }),
  heads: z.array(countersignedView),
  closings: z.array(closingView),
})
export type JournalProofs = z.infer<typeof journalProofs>

/** What a walk over the whole journal found. `broken` is the first thing that does not hold, with its place. */
export const journalVerdict = z.strictObject({
  links: z.int().nonnegative(),
  head: z.string(),
  anchors: z.int().nonnegative(),
  heads: z.int().nonnegative(),
  closings: z.int().nonnegative(),
  /** Applied acts that the platform's log was recomputed over, 0 when it was never heard of. */
  logged: z.int().nonnegative(),
  broken: z
    .strictObject({
      what: z.enum([
        'changed',
        'missing',
        'place',
        'previous',
        'anchor',
        'headAhead',
        'headDiffers',
        'headSignature',
        'closing',
        'log',
      ]),
      seq: z.int().nonnegative(),
      entry: journalEntry.optional(),
    })
    .optional(),
})
export type JournalVerdict = z.infer<typeof journalVerdict>
