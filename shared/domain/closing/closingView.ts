import { z } from 'zod'
import { closingAnchor, runningTotals } from './closing.ts'
import { sha256Hex } from '../../ids.ts'

/** One closing as it is shown. */
export const closingView = z.strictObject({
  closingId: z.uuid(),
  day: z.iso.date(),
  ordinal: z.int().positive(),
  closedAt: z.iso.datetime(),
  agent: z.string(),
  issued: z.int().nonnegative(),
  totals: runningTotals,
  hash: sha256Hex,
  anchor: closingAnchor,
  reopened: z
    .strictObject({ at: z.iso.datetime(), agent: z.string(), witness: z.string(), reason: z.string() })
    .optional(),
})
export type ClosingView = z.infer<typeof closingView>
