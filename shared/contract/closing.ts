import { z } from 'zod'
import { closingAnchor, closingFacts, dayFigures, journalPoint, runningTotals } from '../domain/closing/closing.ts'
import { sha256Hex } from '../ids.ts'

/** A day was closed: what it held, chained to the closing before it, and the counter's signature over its journal. */
export const dayClosed = z.object({
  closingId: z.uuid(),
  facts: closingFacts,
  hash: sha256Hex,
  anchor: closingAnchor,
  journal: journalPoint,
})
/** A closed day was opened again by two people; its next closing follows the one that it undoes. */
export const dayReopened = z
  .object({
    closingId: z.uuid(),
    day: z.iso.date(),
    ordinal: z.int().positive(),
    reason: z.string().min(3).max(300),
    agent: z.string().min(1),
    witness: z.string().min(1),
    journal: journalPoint,
  })
  .refine(({ agent, witness }) => agent !== witness, { path: ['witness'] })
/** The register lost acts: its series of numbers ended, the next one began. */
export const seriesClosed = z.object({
  closed: z.int().positive(),
  opened: z.int().min(2),
  reason: z.string().min(3).max(300),
  agent: z.string().min(1),
  journal: journalPoint,
})

/** Why a day cannot be closed yet (`blocks`), or what is still open on its statement. */
export const dayObstacle = z.strictObject({
  kind: z.enum(['earlierOpen', 'pending', 'refused', 'papers', 'missing']),
  blocks: z.boolean(),
  /** The earlier day, or how many. */
  day: z.iso.date().optional(),
  count: z.int().positive().optional(),
})
export type DayObstacle = z.infer<typeof dayObstacle>

/** One closing as it is shown. */
export const closingView = z.strictObject({
  closingId: z.uuid(),
  day: z.iso.date(),
  ordinal: z.int().positive(),
  closedAt: z.iso.datetime(),
  agent: z.string(),
  issued: z.int().nonnegative(),
  totals: runningTotals,
  hash: sha256Hex,
  anchor: closingAnchor,
  reopened: z
    .strictObject({ at: z.iso.datetime(), agent: z.string(), witness: z.string(), reason: z.string() })
    .optional(),
})
export type ClosingView = z.infer<typeof closingView>

/** A day before it is closed, or after: `closing` is the one in force. */
export const dayStatus = z.strictObject({
  /** Today at the office. */
  today: z.iso.date(),
  figures: dayFigures,
  totals: runningTotals,
  obstacles: z.array(dayObstacle),
  closing: closingView.optional(),
  /** Days with acts that are not closed, oldest first; today is among them when it has acts. */
  open: z.array(z.iso.date()),
})
export type DayStatus = z.infer<typeof dayStatus>

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
