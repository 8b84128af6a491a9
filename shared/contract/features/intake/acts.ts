import { z } from 'zod'
import { citizenSignature } from '../../../domain/identity/citizenSignature.ts'
import { receiptId, registerNumber, requestId } from '../../../ids.ts'
import { act, attachmentsOf } from '../../act.ts'

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

/** What of an act about a request is no personal data: enough for the look-up, for its place, and for a cancellation. */
export const keptOfRequest = [
  'requestId',
  'receiptId',
  'number',
  'procedure',
  'complete',
  'depositedAt',
  'lastDay',
  'act',
  'agent',
  'witness',
  'journal',
] as const

export const acts = {
  /** A citizen deposited a request and was given its receipt. */
  requestDeposited: act({
    type: 'ma.guichet.request.deposited.v1',
    data: requestDeposited,
    journal: 'request.deposited',
    takes: 'requests',
    openDay: true,
    request: (data) => data.requestId,
    number: (data) => data.number,
    files: attachmentsOf,
    keeps: keptOfRequest,
  }),
} as const
