import { z } from 'zod'
import { typedIdentity } from '../../../domain/identity/typedIdentity.ts'
import { procedure } from '../../../domain/request/procedure.ts'
import { requestDraft } from '../../../domain/request/request.ts'
import { typedDraft } from '../../../domain/request/typedDraft.ts'
import { receiptId } from '../../../ids.ts'
import { repairKind } from '../../act.ts'
import { call, none, proof, repair, typedRegisterNumber } from '../../call.ts'
import { faultSchema } from '../../faultSchema.ts'
import { refusalCode } from '../../platform.ts'
import { depositView } from '../intake/calls.ts'
import { outboxItemView, outboxState } from '../sync/calls.ts'

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

/** One line of the correction desk: a refused act in its place of the series, why, and what was done about it. */
export const correctionView = z.strictObject({
  act: outboxItemView,
  /** Why, as a fault: it has a sentence in every language. `detail` holds the platform's own words. */
  why: faultSchema.optional(),
  /** What may be done about it now, by the rules; who may do it is another matter. */
  open: z.array(repairKind),
  /** Its complement, and what the platform said of it. */
  complement: outboxItemView.exactOptional(),
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

/** Refused acts, put right. */
export const calls = {
  /** Refused acts in their places of the series, which no later act has put right; and the newest that were. */
  'correction.list': call(
    'serveCitizens',
    none,
    z.strictObject({ corrections: z.array(correctionView), repaired: z.array(correctionView) }),
  ),
  /** The deposit of any number with the history of its repairs. */
  'correction.find': call('serveCitizens', z.strictObject({ number: typedRegisterNumber }), correctionView),
  /** `commandId` is made by the caller, as for a deposit; `act` is the id of the refused one. */
  'correction.correct': call(
    'serveCitizens',
    z.strictObject({ ...repair, draft: typedDraft, identity: typedIdentity.optional() }),
    correctionView,
  ),
  'correction.cancel': call('superviseCounter', z.strictObject({ ...repair, second: proof }), correctionView),
  'correction.override': call('superviseCounter', z.strictObject({ ...repair, second: proof }), correctionView),
} as const

export const events = {} as const
