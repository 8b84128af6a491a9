import { z } from 'zod'
import { journalPoint } from '../../domain/closing/closing.ts'
import { sha256Hex } from '../../ids.ts'
import { bytes, call, none } from '../call.ts'
import { closingView } from './closing.ts'

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

/** The journal, its proofs, its reports. */
export const calls = {
  /** A page of the journal, newest first; `before` is the number of a line already shown. */
  'journal.page': call(
    'auditJournal',
    journalFilter.extend({ before: z.int().positive().optional(), limit: z.int().min(1).max(500).default(200) }),
    z.strictObject({ entries: z.array(journalEntry), more: z.boolean() }),
  ),
  'journal.proofs': call('auditJournal', none, journalProofs),
  /** Walks the whole journal; the event `journal` says how far. */
  'journal.verify': call('auditJournal', none, journalVerdict),
  /**
   * The whole journal as JSON Lines with all that is needed to check it, into a file that the person chooses; the event
   * `journal` says how far.
   */
  'journal.export': call('auditJournal', none, z.strictObject({ name: z.string(), links: z.int(), head: sha256Hex })),
  /** A report as PDF over the newest lines of a choice, after a walk over the whole journal. */
  'journal.report': call(
    'auditJournal',
    journalFilter,
    z.strictObject({ name: z.string(), bytes, links: z.int(), head: sha256Hex }),
  ),
} as const

/** What is told by itself; each payload is the whole new state, never a difference. */
export const events = {
  /** How far a walk over the journal came, in lines. */
  journal: z.strictObject({ done: z.int().nonnegative(), total: z.int().nonnegative() }),
} as const
