import type { PrintJobView } from '#shared/contract/features/papers/calls.ts'
import { faultOf } from '#shared/fault.ts'
import type { PrintJobId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Context, SignedIn } from '../core/context.ts'
import { findPrintJob, queueAgain } from './rows/printJobs.ts'

/**
 * Sends a paper that never came out once more, as what it is: an original stays one, and no duplicata is made of a paper that
 * nobody has. Asked again while it waits, it stays as it is.
 * Faults: receipt.unknown, print.cameOut (it did come out, or nobody has looked yet), and those of `Tx`.
 */
export const printAgain = (
  context: Context,
  who: SignedIn,
  asked: { readonly printJobId: PrintJobId },
): Result<PrintJobView> =>
  context.store.tx((db) => {
    const job = findPrintJob(db, asked.printJobId)
    if (job === undefined) return err(faultOf('receipt.unknown', 'no such print job'))
    if (job.state === 'printed' || job.state === 'unknown') return err(faultOf('print.cameOut'))
    if (job.state !== 'failed') return ok(job)
    context.journal.append(db, {
      actor: who.code,
      kind: 'print.resent',
      subject: asked.printJobId,
      body: { reasons: [...job.reasons] },
    })
    queueAgain(db, asked.printJobId)
    return ok(findPrintJob(db, asked.printJobId) ?? job)
  })
