import type { PrintJobView } from '#shared/contract/features/papers/calls.ts'
import { faultOf } from '#shared/fault.ts'
import type { PrintJobId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { findPrintJob, saveSpoolChange } from './rows/printJobs.ts'
import type { Context, SignedIn } from '../core/context.ts'

/**
 * The agent looked at the printer: an `unknown` job becomes printed or failed, in his name. A job in another state
 * stays as it is.
 * Faults: receipt.unknown, and those of `Tx`.
 */
export const resolvePrint = (
  context: Context,
  who: SignedIn,
  asked: { printJobId: PrintJobId; cameOut: boolean },
): Result<PrintJobView> =>
  context.store.tx((db) => {
    const job = findPrintJob(db, asked.printJobId)
    if (job === undefined) return err(faultOf('receipt.unknown', 'no such print job'))
    if (job.state !== 'unknown') return ok(job)
    const { moment } = context.journal.append(db, {
      actor: who.code,
      kind: 'print.resolved',
      subject: asked.printJobId,
      body: { cameOut: asked.cameOut },
    })
    const state = asked.cameOut ? ('printed' as const) : ('failed' as const)
    const change = { state, printer: job.printer, reasons: job.reasons, message: job.message, at: moment.at }
    saveSpoolChange(db, asked.printJobId, change)
    return ok({ ...job, state, endedAt: moment.at })
  })
