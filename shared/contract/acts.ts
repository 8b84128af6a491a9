import { z } from 'zod'
import { citizenSignature } from '../domain/identity/citizenSignature.ts'
import { wipedKind } from '../domain/retention.ts'
import { registerNumber, requestId, receiptId } from '../ids.ts'

/** How an act that was refused is put right: by a new act that names it, never by a change of the old one. */
export const repairKind = z.enum(['corrected', 'cancelled', 'overridden'])
export type RepairKind = z.infer<typeof repairKind>

/** What every deposit must state, whatever else it carries. */
export const requestDeposited = z.object({
  requestId,
  receiptId,
  number: registerNumber,
  procedure: z.object({ code: z.string(), version: z.string() }),
  complete: z.boolean(),
  /** The citizen signed it with his card. */
  citizenSignature: citizenSignature.exactOptional(),
})
export type RequestDeposited = z.infer<typeof requestDeposited>

/**
 * A deposit put right, whole: `act` is the one that it settles, an earlier one of the same counter, under the same
 * number.
 */
export const requestCorrected = requestDeposited.extend({
  act: z.object({ seq: z.int().positive(), id: z.uuid() }),
  reason: z.string().min(3).max(300),
  /** The code of who decided. */
  agent: z.string().min(1),
})
/** Four eyes: `witness` is the code of a second person, never that of `agent`. */
export const requestCancelled = requestCorrected
  .extend({ witness: z.string().min(1) })
  .refine(({ agent, witness }) => agent !== witness, { path: ['witness'] })
/** The deposit stands as it was made, although a rule refused it. */
export const requestOverridden = requestCorrected
  .extend({ witness: z.string().min(1) })
  .refine(({ agent, witness }) => agent !== witness, { path: ['witness'] })

/** What a person may ask of whoever holds his data (law 09-08). */
export const personalRight = z.enum(['access', 'rectification', 'opposition', 'erasure'])
export type PersonalRight = z.infer<typeof personalRight>

/** So many data of one kind, named as in the retention table. */
export const countedKind = z.strictObject({ kind: wipedKind, count: z.int().positive() })

/** A person asked. No identity: `files` are the requests that concern the person, `right` what was asked. */
export const personalDataRequested = z.object({
  right: personalRight,
  files: z.array(requestId).min(1).max(200),
  agent: z.string().min(1),
})
/** The answer to `act`, an earlier request of the same counter: a copy was handed out. */
export const personalDataExported = personalDataRequested.extend({
  act: z.object({ seq: z.int().positive(), id: z.uuid() }),
})
/**
 * The answer to `act`: what was wiped, and what stays because the law needs it. Four eyes: `witness` is never `agent`.
 */
export const personalDataErased = personalDataExported
  .extend({
    reason: z.string().min(3).max(300),
    witness: z.string().min(1),
    erased: z.array(countedKind),
    kept: z.array(countedKind.extend({ until: z.iso.date().optional() })),
  })
  .refine(({ agent, witness }) => agent !== witness, { path: ['witness'] })

/** Types of acts whose data the platform checks; one it does not know is filed as it came. */
export const actTypes = {
  requestDeposited: 'ma.guichet.request.deposited.v1',
  requestCorrected: 'ma.guichet.request.corrected.v1',
  requestCancelled: 'ma.guichet.request.cancelled.v1',
  requestOverridden: 'ma.guichet.request.overridden.v1',
  dayClosed: 'ma.guichet.day.closed.v1',
  dayReopened: 'ma.guichet.day.reopened.v1',
  seriesClosed: 'ma.guichet.series.closed.v1',
  personalDataRequested: 'ma.guichet.personalData.requested.v1',
  personalDataExported: 'ma.guichet.personalData.exported.v1',
  personalDataErased: 'ma.guichet.personalData.erased.v1',
} as const
export type ActType = (typeof actTypes)[keyof typeof actTypes]

/** Each repair with its type of act and the shape of its data. */
export const repairs = {
  corrected: { type: actTypes.requestCorrected, data: requestCorrected },
  cancelled: { type: actTypes.requestCancelled, data: requestCancelled },
  overridden: { type: actTypes.requestOverridden, data: requestOverridden },
} as const satisfies Record<RepairKind, { type: ActType; data: z.ZodType }>
