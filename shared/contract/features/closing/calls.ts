import { z } from 'zod'
import { dayFigures, runningTotals } from '../../../domain/closing/closing.ts'
import { closingView } from '../../../domain/closing/closingView.ts'
import { commandId, sha256Hex } from '../../../ids.ts'
import { bytes, call, proof, repair } from '../../call.ts'
import { printJobView } from '../papers/calls.ts'

export type { ClosingView } from '../../../domain/closing/closingView.ts'

/** Why a day cannot be closed yet (`blocks`), or what is still open on its statement. */
export const dayObstacle = z.strictObject({
  kind: z.enum(['earlierOpen', 'pending', 'refused', 'papers', 'missing']),
  blocks: z.boolean(),
  /** The earlier day, or how many. */
  day: z.iso.date().optional(),
  count: z.int().positive().optional(),
})
export type DayObstacle = z.infer<typeof dayObstacle>

/** A day before it is closed, or after: `closing` is the one in force. */
export const dayStatus = z.strictObject({
  /** Today at the office. */
  today: z.iso.date(),
  figures: dayFigures,
  totals: runningTotals,
  obstacles: z.array(dayObstacle),
  closing: closingView.optional(),
  /** Days with acts that are not closed, oldest first; today is among them when it has acts. */
  open: z.array(z.iso.date()),
})
export type DayStatus = z.infer<typeof dayStatus>

/** The closing of the day. */
export const calls = {
  /** A day of the office before its closing or after it; the oldest open one where none is named. */
  'day.status': call('superviseCounter', z.strictObject({ day: z.iso.date().optional() }), dayStatus),
  /** `commandId` is made by the caller: the same id closes once. Acts of that day are refused from then on. */
  'day.close': call('superviseCounter', z.strictObject({ commandId, day: z.iso.date() }), dayStatus),
  'day.reopen': call(
    'superviseCounter',
    z.strictObject({ commandId, day: z.iso.date(), reason: repair.reason, second: proof }),
    dayStatus,
  ),
  'closing.pdf': call(
    'auditJournal',
    z.strictObject({ closingId: z.uuid() }),
    z.strictObject({ pdf: bytes, sha256: sha256Hex }),
  ),
  'closing.print': call('superviseCounter', z.strictObject({ closingId: z.uuid() }), printJobView),
} as const

export const events = {} as const
