import { z } from 'zod'
import { chainVerdict } from '../domain/identity/identity.ts'
import { procedure } from '../domain/request/procedure.ts'
import { requestDraft } from '../domain/request/request.ts'
import { localised } from '../domain/text.ts'
import { printJobId, receiptId, registerNumber, requestId } from '../ids.ts'
import { repairKind } from './acts.ts'
import { faultSchema } from './faultSchema.ts'
import { refusalCode } from './platform.ts'
import { outboxItemView, outboxState } from './syncView.ts'

/** A later act that puts an earlier one right, and what the platform said of it. */
export const repairView = z.strictObject({
  id: z.uuid(),
  seq: z.int().positive(),
  kind: repairKind,
  reason: z.string(),
  /** Codes of who decided, and of the second person of cancellations and overrides. */
  agent: z.string(),
  witness: z.string().optional(),
  at: z.iso.datetime(),
  state: outboxState,
  /** Why it was refused in its turn. */
  code: refusalCode.optional(),
  answer: z.string().optional(),
  /** The corrected receipt that it made, when the paper had to say something else. */
  receiptId: receiptId.optional(),
})
export type RepairView = z.infer<typeof repairView>

export const depositView = z.strictObject({
  requestId,
  receiptId,
  number: registerNumber,
  printJobId: printJobId.optional(),
  depositedAt: z.iso.datetime(),
  procedure: localised,
  citizen: z.string(),
  complete: z.boolean(),
  lastDay: z.iso.date(),
  /** The citizen signed it with his card: whether the issuer of his certificate was known. */
  signed: chainVerdict.exactOptional(),
  /** What a later act made of it; a cancelled deposit keeps its number. */
  standing: repairKind.optional(),
})
export type DepositView = z.infer<typeof depositView>

/** One line of the correction desk: a refused act in its place of the series, why, and what was done about it. */
export const correctionView = z.strictObject({
  act: outboxItemView,
  /** Why, as a fault: it has a sentence in every language. `detail` holds the platform's own words. */
  why: faultSchema.optional(),
  /** Oldest first. Settled when one is applied; while one waits nothing more can be done. */
  repairs: z.array(repairView),
  deposit: depositView.optional(),
  /** What was filled in last: where a correction begins. */
  draft: requestDraft.optional(),
  /** The sheet of that draft, also when it is in use no more. */
  sheet: procedure.optional(),
  /** The citizen as the newest receipt says; the identifier is masked. */
  citizen: z
    .strictObject({
      familyName: z.string(),
      givenNames: z.string(),
      nativeName: z.string().optional(),
      identifier: z.string().optional(),
    })
    .optional(),
})
export type CorrectionView = z.infer<typeof correctionView>

export const dayView = z.strictObject({
  day: z.iso.date(),
  served: z.int(),
  incomplete: z.int(),
  deposits: z.array(depositView),
  /** Files of this counter whose last day is near, soonest first. */
  deadlines: z.array(depositView),
  draft: z.boolean(),
})
export type DayView = z.infer<typeof dayView>
