import type { PrintJobView } from '#shared/contract/features/papers/calls.ts'
import { faultOf } from '#shared/fault.ts'
import type { ClosingId, PrintJobId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { findPrintJob, queuePrint } from '../../papers/rows/printJobs.ts'
import { findClosingById } from '../../core/rows/closings.ts'
import type { Context, SignedIn } from '../../core/context.ts'

/**
 * Queues another paper of a closing: the same PDF, so that all of them say the same. Faults: day.notClosed, and those
 * of `Tx`.
 */
export const printClosing = (
  { store, journal }: Context,
  who: SignedIn,
  asked: { readonly closingId: string; readonly printJobId: PrintJobId },
): Result<PrintJobView> =>
  store.tx((db) => {
    const closing = findClosingById(db, asked.closingId)
    if (closing === undefined) return err(faultOf('day.notClosed'))
    const { moment } = journal.append(db, {
      actor: who.code,
      kind: 'closing.printed',
      subject: asked.closingId,
      body: { day: closing.day, printJobId: asked.printJobId },
    })
    queuePrint(db, { id: asked.printJobId, paperId: asked.closingId as ClosingId, at: moment.at }) // found above
    const job = findPrintJob(db, asked.printJobId)
    return job === undefined ? err(faultOf('internal', 'the print job just written is not there')) : ok(job)
  })
