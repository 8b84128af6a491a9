import { z } from 'zod'
import { counterId, registerNumber, sha256Hex } from '../../ids.ts'
import { localised } from '../text.ts'

/** What was done in one day, or since the register began. Fees in centimes of the dirham. */
const amounts = {
  issued: z.int().nonnegative(),
  incomplete: z.int().nonnegative(),
  cancelled: z.int().nonnegative(),
  corrected: z.int().nonnegative(),
  overridden: z.int().nonnegative(),
  reprinted: z.int().nonnegative(),
  feeCentimes: z.int().nonnegative(),
}
export const dayAmounts = z.strictObject(amounts)
export type DayAmounts = z.infer<typeof dayAmounts>
/** They only grow: each closing adds its day to those of the closing before it. */
export const runningTotals = z.strictObject({ ...amounts, days: z.int().positive() })
export type RunningTotals = z.infer<typeof runningTotals>

/** A point of the journal. */
export const journalPoint = z.strictObject({ seq: z.int().positive(), hash: sha256Hex })

/** The figures of one day of the office, as they stand now. */
export const dayFigures = z.strictObject({
  day: z.iso.date(),
  /** Of the day's deposits; absent on a day without any. */
  numbers: z.strictObject({ first: registerNumber, last: registerNumber, missing: z.int().nonnegative() }).optional(),
  amounts: dayAmounts,
  procedures: z.array(z.strictObject({ code: z.string(), title: localised, issued: z.int().positive() })),
  /**
   * What is still open, of any day: acts without an answer, refused acts that nobody has put right, papers that have
   * not come out.
   */
  open: z.strictObject({
    pending: z.int().nonnegative(),
    refused: z.int().nonnegative(),
    papers: z.int().nonnegative(),
  }),
})
export type DayFigures = z.infer<typeof dayFigures>

/** What a closing states; its hash is the SHA-256 of its canonical JSON, and the next closing names it. */
export const closingFacts = z.strictObject({
  version: z.literal(1),
  counter: counterId,
  /** 1, or how often this day was closed: after it was reopened it is closed again. */
  ordinal: z.int().positive(),
  closedAt: z.iso.datetime(),
  /** Minutes ahead of UTC that were in force at the office. */
  utcOffsetMinutes: z.int(),
  /** The code of who closed. */
  agent: z.string().min(1),
  figures: dayFigures,
  totals: runningTotals,
  /** Hash of the closing before it, 64 zeros for the first. */
  previous: sha256Hex,
  /** The newest head of the journal that the platform has put its name to. */
  countersigned: journalPoint.extend({ at: z.iso.datetime() }).optional(),
})
export type ClosingFacts = z.infer<typeof closingFacts>

/** The counter's own signature over the link of the journal that is the closing. */
export const closingAnchor = journalPoint.extend({ kid: z.string(), signature: z.base64url() })
export type ClosingAnchor = z.infer<typeof closingAnchor>

/** The totals after a day: those before it and its own. */
export const addDay = (before: RunningTotals | undefined, day: DayAmounts): RunningTotals => ({
  issued: (before?.issued ?? 0) + day.issued,
  incomplete: (before?.incomplete ?? 0) + day.incomplete,
  cancelled: (before?.cancelled ?? 0) + day.cancelled,
  corrected: (before?.corrected ?? 0) + day.corrected,
  overridden: (before?.overridden ?? 0) + day.overridden,
  reprinted: (before?.reprinted ?? 0) + day.reprinted,
  feeCentimes: (before?.feeCentimes ?? 0) + day.feeCentimes,
  days: (before?.days ?? 0) + 1,
})
