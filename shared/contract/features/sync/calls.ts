import { z } from 'zod'
import { clockResetReason } from '../../../domain/clock/reset.ts'
import { registerNumber } from '../../../ids.ts'
import { bytes, call, none } from '../../call.ts'
import { prose } from '../../../text/shapes.ts'
import { faultSchema } from '../../faultSchema.ts'
import { refusalCode, refusedField } from '../../platform.ts'

export const outboxState = z.enum(['pending', 'sending', 'applied', 'rejected', 'conflict'])

export const outboxItemView = z.strictObject({
  seq: z.int().positive(),
  id: z.uuid(),
  type: z.string(),
  number: registerNumber.optional(),
  createdAt: z.iso.datetime(),
  state: outboxState,
  attempts: z.int(),
  lastAttemptAt: z.iso.datetime().optional(),
  /** Why it was refused, and where in its data. */
  refusal: z.strictObject({ code: refusalCode, field: refusedField.optional() }).optional(),
  /** What the platform said, in its own words or as a fault of the link. */
  answer: z.string().optional(),
  fault: faultSchema.optional(),
  answeredAt: z.iso.datetime().optional(),
})
export type OutboxItemView = z.infer<typeof outboxItemView>

/**
 * One thing that a counter working alone uses up. `alone`, `oldest`, `account`, `clock`, `backup`, `device` (not
 * enrolled, or revoked), `reference`: milliseconds; `pending`: acts;
 * `clockAhead`, `clockBehind`, `clockHour`: how many milliseconds the wall clock is in doubt by;
 * `background`: milliseconds since a task in the background has failed at every try;
 * `disk`: bytes, where `limit` is what must stay free and `used` what is.
 */
export const budgetLine = z.strictObject({
  kind: z.enum([
    'alone',
    'pending',
    'oldest',
    'disk',
    'account',
    'clock',
    'backup',
    'check',
    'reference',
    'device',
    'background',
    'clockAhead',
    'clockBehind',
    'clockHour',
  ]),
  /** Of `background`: which task. */
  task: z.string().optional(),
  used: z.number(),
  limit: z.number(),
  state: z.enum(['fine', 'warn', 'over']),
})
export type BudgetLine = z.infer<typeof budgetLine>

/**
 * What the feed brought: rows in use of each kind. `parked` rows are of a newer version: they are read after an
 * upgrade.
 */
export const referenceView = z.strictObject({
  readAt: z.iso.datetime().optional(),
  procedures: z.int(),
  accounts: z.int(),
  calendars: z.int(),
  appointments: z.int(),
  dispositions: z.int(),
  parked: z.int(),
})
export type ReferenceView = z.infer<typeof referenceView>

/** A file of an act that was refused, or that cannot be read here; the others go on. */
export const refusedFile = z.strictObject({
  /** The number of the act that brought it. */
  number: z.string().optional(),
  /** Bytes. */
  size: z.int(),
  tries: z.int(),
  fault: faultSchema,
  againAt: z.iso.datetime(),
})
export type RefusedFile = z.infer<typeof refusedFile>

/** Always in sight: what waits, since when, and how long the counter may go on alone. */
export const syncView = z.strictObject({
  link: z.enum(['unknown', 'online', 'offline', 'notConfigured']),
  /** Since when the link has been as it is. */
  since: z.iso.datetime().optional(),
  lastSyncAt: z.iso.datetime().optional(),
  nextAttemptAt: z.iso.datetime().optional(),
  fault: faultSchema.optional(),
  pending: z.int(),
  refused: z.int(),
  oldestPendingAt: z.iso.datetime().optional(),
  /** Files of acts that the platform does not hold yet. */
  filesPending: z.int().optional(),
  filesRefused: z.array(refusedFile).optional(),
  budget: z.strictObject({ days: z.number(), usedMs: z.number(), lines: z.array(budgetLine).optional() }),
})
export type SyncView = z.infer<typeof syncView>

/** The link to the platform: what waits, the way by hand, the series after a loss. */
export const calls = {
  'outbox.list': call('seeSync', none, z.strictObject({ items: z.array(outboxItemView) })),
  'outbox.drain': call('seeSync', none, syncView),
  /**
   * Everything that waits, sealed in one file, for a site without a line; the acts go on waiting until the answers are
   * taken in.
   */
  'outbox.export': call('seeSync', none, z.strictObject({ name: z.string(), acts: z.int(), files: z.int() })),
  'outbox.importAnswers': call(
    'seeSync',
    z.strictObject({ bytes }),
    z.strictObject({
      applied: z.int(),
      duplicate: z.int(),
      rejected: z.int(),
      conflict: z.int(),
      files: z.int(),
      /** Acts and files of which this was news: none when the same answers were taken in before. */
      news: z.int(),
    }),
  ),
  /**
   * What is known of the reference data: how much of each kind, when it was last asked for, and what waits for a newer
   * program.
   */
  'reference.status': call('seeSync', none, referenceView),
  'sync.status': call('signedIn', none, syncView),
  /** Closes the series of a register in quarantine and opens the next one, in the name of who decides. */
  /** Says that the date and the time of this machine are right, after they were doubted. */
  'clock.reset': call('signedIn', z.strictObject({ reason: clockResetReason }), none),
  'series.renew': call(
    'superviseCounter',
    z.strictObject({ reason: prose(300).min(3) }),
    z.strictObject({ series: z.int().positive() }),
  ),
} as const

/** What is told by itself; each payload is the whole new state, never a difference. */
export const events = {
  sync: syncView,
  /** Something in the outbox changed: read the list again where it is shown. */
  outbox: z.strictObject({ pending: z.int() }),
} as const
