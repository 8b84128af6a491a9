import { z } from 'zod'
import { paperId, printJobId } from '../../../ids.ts'
import { medium, printerInfo } from '../../../ports/printer.ts'
import { call, none } from '../../call.ts'

export const printJobView = z.strictObject({
  printJobId,
  /** The id of a receipt or of a closing is that of its paper. */
  paperId,
  /** An entry of `papers` in the contract. */
  kind: z.string(),
  /** What people call it: the number of a receipt, the day that was closed. */
  number: z.string(),
  /** 0, or the n-th paper that stands in the place of the first one under this number. */
  rank: z.int().nonnegative(),
  medium,
  printer: z.string(),
  /** 0 is the original, n the n-th further copy: DUPLICATA n of a receipt. */
  copy: z.int().nonnegative(),
  state: z.enum(['queued', 'sent', 'printing', 'blocked', 'printed', 'failed', 'unknown']),
  reasons: z.array(z.string()),
  message: z.string(),
  queuedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
})
export type PrintJobView = z.infer<typeof printJobView>

/** What became of the paper, and which printer it goes to. */
export const calls = {
  'print.list': call('signedIn', none, z.strictObject({ jobs: z.array(printJobView) })),
  /** The agent looked at the printer: did paper come out? */
  'print.resolve': call('serveCitizens', z.strictObject({ printJobId, cameOut: z.boolean() }), printJobView),
  /** A paper that never came out is sent once more as it is: no duplicata of a paper that nobody has. */
  'print.again': call('serveCitizens', z.strictObject({ printJobId }), printJobView),
  'printer.list': call(
    'signedIn',
    none,
    z.strictObject({ printers: z.array(printerInfo), chosen: z.partialRecord(medium, z.string()) }),
  ),
  /** The printer of one medium; the others stay. */
  'printer.choose': call('choosePrinter', z.strictObject({ medium, printer: z.string() }), none),
} as const

/** What is told by itself; each payload is the whole new state, never a difference. */
export const events = { print: printJobView } as const
