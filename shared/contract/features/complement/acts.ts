import { z } from 'zod'
import { receiptId, registerNumber, requestId, sha256Hex } from '../../../ids.ts'
import { act, attachmentsOf } from '../../act.ts'
import { keptOfRequest } from '../intake/acts.ts'

/**
 * What was missing came: `act` is the deposit, an earlier one of the same counter, and `number` its number. There is one
 * for each deposit (law 55-19: one complement only).
 */
export const requestComplemented = z.object({
  requestId,
  /** The receipt of the complement. */
  receiptId,
  number: registerNumber,
  act: z.object({ seq: z.int().positive(), id: z.uuid() }),
  /** What was missing and came now. */
  pieces: z.array(z.object({ code: z.string(), attachments: z.array(sha256Hex) })).min(1),
  /** Whether the file is complete now; then the clock of the answer runs from this day, to `lastDay`. */
  complete: z.boolean(),
  lastDay: z.iso.date(),
  /** The code of who took it in. */
  agent: z.string().min(1),
})
export type RequestComplemented = z.infer<typeof requestComplemented>

export const acts = {
  /** A citizen brought what his deposit lacked and was given the receipt of it. */
  requestComplemented: act({
    type: 'ma.guichet.request.complemented.v1',
    data: requestComplemented,
    journal: 'request.complemented',
    openDay: true,
    request: (data) => data.requestId,
    number: (data) => data.number,
    files: attachmentsOf,
    keeps: [...keptOfRequest, 'complementedAt'],
  }),
} as const
