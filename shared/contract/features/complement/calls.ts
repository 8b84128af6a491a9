import { z } from 'zod'
import { piece } from '../../../domain/request/procedure.ts'
import { typedComplement } from '../../../domain/request/typedDraft.ts'
import { commandId } from '../../../ids.ts'
import { call, typedRegisterNumber } from '../../call.ts'
import { depositView } from '../intake/calls.ts'

/** A deposit that waits for its complement, and the pieces of its sheet that are missing. */
export const owingView = z.strictObject({ deposit: depositView, missing: z.array(piece).min(1) })
export type OwingView = z.infer<typeof owingView>

/** The one complement of a deposit that was incomplete. */
export const calls = {
  /** Also says why there is none to take in: `complement.…`. */
  'complement.find': call('serveCitizens', z.strictObject({ number: typedRegisterNumber }), owingView),
  /** `commandId` is made by the caller, as for a deposit; `pieces` are those that came. */
  'complement.issue': call(
    'serveCitizens',
    z.strictObject({ commandId, number: typedRegisterNumber, pieces: typedComplement }),
    depositView,
  ),
} as const

export const events = {} as const
