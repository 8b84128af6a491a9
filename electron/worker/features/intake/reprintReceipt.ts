import type { PrintJobView } from '#shared/contract/features/papers/calls.ts'
import { faultOf } from '#shared/fault.ts'
import type { PrintJobId, ReceiptId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { readFacts } from '../../papers/rows/papers.ts'
import { findPrintJob, lastCopy, queuePrint } from '../../papers/rows/printJobs.ts'
import { clockFault } from '../../core/clockRule.ts'
import type { Context, SignedIn } from '../../core/context.ts'

/**
 * Queues a DUPLICATA of a receipt, marked with who asked for it, when and why.
 * Faults: receipt.unknown, receipt.wiped, and those of `Tx`.
 */
export const reprintReceipt = (
  context: Context,
  who: SignedIn,
  asked: { receiptId: ReceiptId; reason: string },
): Result<PrintJobView> => {
  const receipt = readFacts(context.store.db, 'receipt', asked.receiptId)
  if (!receipt.ok) return receipt
  const asking = context.journal.moment()
  const behind = clockFault(context, who, asking)
  if (behind !== undefined) return err(behind)
  return context.store.tx((db) => {
    const id = context.newId() as PrintJobId // newId makes UUIDs
    const copy = lastCopy(db, asked.receiptId) + 1
    const { moment } = context.journal.append(
      db,
      {
        actor: who.code,
        kind: 'receipt.reprinted',
        subject: asked.receiptId,
        body: { copy, reason: asked.reason, printJobId: id },
      },
      asking,
    )
    queuePrint(db, {
      id,
      paperId: asked.receiptId,
      mark: { copy, at: moment.at, by: who.code, reason: asked.reason },
      at: moment.at,
    })
    const job = findPrintJob(db, id)
    return job === undefined ? err(faultOf('internal', 'the print job just written is not there')) : ok(job)
  })
}
