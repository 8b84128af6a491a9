import { z } from 'zod'
import { wipedKind } from '../../../domain/retention.ts'
import { requestId } from '../../../ids.ts'
import { act } from '../../act.ts'

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

/** They name nobody: the requests that they are about are ids. */
const named = { openDay: false, keeps: 'all' } as const

export const acts = {
  personalDataRequested: act({
    type: 'ma.guichet.personalData.requested.v1',
    data: personalDataRequested,
    journal: 'personalData.requested',
    ...named,
  }),
  personalDataExported: act({
    type: 'ma.guichet.personalData.exported.v1',
    data: personalDataExported,
    journal: 'personalData.exported',
    ...named,
  }),
  personalDataErased: act({
    type: 'ma.guichet.personalData.erased.v1',
    data: personalDataErased,
    journal: 'personalData.erased',
    ...named,
  }),
} as const
