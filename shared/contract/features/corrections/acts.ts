import { z } from 'zod'
import { act, attachmentsOf, type Act, type RepairKind } from '../../act.ts'
import { acts as intake, keptOfRequest, requestDeposited, type RequestDeposited } from '../intake/acts.ts'

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

/** A repair is decided whenever it is needed, also of a day that is closed: the next closing counts it. */
const ofDeposit = {
  openDay: false,
  request: (data: RequestDeposited) => data.requestId,
  number: (data: RequestDeposited) => data.number,
  files: attachmentsOf,
  keeps: keptOfRequest,
} as const
const of = [intake.requestDeposited.type]

export const acts = {
  requestCorrected: act({
    type: 'ma.guichet.request.corrected.v1',
    data: requestCorrected,
    journal: 'request.corrected',
    repairs: { kind: 'corrected', of },
    ...ofDeposit,
  }),
  requestCancelled: act({
    type: 'ma.guichet.request.cancelled.v1',
    data: requestCancelled,
    journal: 'request.cancelled',
    repairs: { kind: 'cancelled', of },
    ...ofDeposit,
  }),
  requestOverridden: act({
    type: 'ma.guichet.request.overridden.v1',
    data: requestOverridden,
    journal: 'request.overridden',
    repairs: { kind: 'overridden', of },
    ...ofDeposit,
  }),
} as const

/** Each way of putting a deposit right, with its act. */
export const repairs = {
  corrected: acts.requestCorrected,
  cancelled: acts.requestCancelled,
  overridden: acts.requestOverridden,
} as const satisfies Record<RepairKind, Act>
