import { z } from 'zod'
import { closingId, printJobId, receiptId } from '../ids.ts'

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
