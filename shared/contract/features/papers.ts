import { z } from 'zod'
import { closingId, printJobId, receiptId } from '../../ids.ts'
import { printerInfo } from '../../ports/printer.ts'
import { call, none } from '../call.ts'

export const printJobView = z.strictObject({
  printJobId,
  /** Of a receipt; the paper of a closing names its closing instead. */
  receiptId: receiptId.optional(),
  closing: z.strictObject({ closingId, day: z.iso.date(), ordinal: z.int().positive() }).optional(),
  /** The number of the receipt, or the day that was closed. */
  number: z.string(),
  /** Of a corrected receipt: the n-th that replaces the first one under this number. */
  rank: z.int().positive().optional(),
  printer: z.string(),
  /** 0 is the original, n the DUPLICATA n. */
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
  'printer.list': call(
    'signedIn',
    none,
    z.strictObject({ printers: z.array(printerInfo), chosen: z.string().optional() }),
  ),
  'printer.choose': call('choosePrinter', z.strictObject({ printer: z.string() }), none),
} as const

/** What is told by itself; each payload is the whole new state, never a difference. */
export const events = { print: printJobView } as const
