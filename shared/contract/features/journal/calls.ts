import { z } from 'zod'
import { sha256Hex } from '../../../ids.ts'
import { bytes, call, none } from '../../call.ts'
import { journalEntry, journalFilter, journalProofs, journalVerdict } from '../../../domain/closing/journalView.ts'

export * from '../../../domain/closing/journalView.ts'

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
