import { z } from 'zod'
import { faultOf } from '#shared/fault.ts'
import type { ReceiptId } from '#shared/ids.ts'
import { err, ok } from '#shared/result.ts'
import type { Journal } from '../../journal/journal.ts'
import type { SpoolStore } from '../spool/ports.ts'
import type { Store } from '../../store/open.ts'
import { findClosingJob, saveClosingChange, unfinishedClosingJobs } from './closingJobs.ts'
import { findClosingById, keepStatement, readClosing } from '../../core/rows/closings.ts'
import { findPrintJob, saveSpoolChange, unfinishedJobs } from './printJobs.ts'
import { keepPaper, readReceipt } from '../../core/rows/receipts.ts'
import { findSetting } from '../../store/settings.ts'

/** The key of the setting that names this counter's printer. */
export const printerSetting = 'printer'

/** The part of the register that the spool works on. */
export function createSpoolStore(store: Store, journal: Journal): SpoolStore {
  return {
    unfinished: () => ok([...unfinishedJobs(store.db), ...unfinishedClosingJobs(store.db)]),
    source: (paperId) => {
      if (findClosingById(store.db, paperId) !== undefined) {
        const closing = readClosing(store.db, paperId)
        if (!closing.ok) return closing
        const { pdf, ...statement } = closing.value
        return ok({ content: { closing: statement }, ...(pdf === undefined ? {} : { pdf }) })
      }
      const receipt = readReceipt(store.db, paperId as ReceiptId) // no closing bears this id
      if (!receipt.ok) return receipt
      const { pdf, ...sealed } = receipt.value
      return ok({ content: { receipt: sealed }, ...(pdf === undefined ? {} : { pdf }) })
    },
    // No act: a receipt of an old copy may be read too.
    keepPdf: (paperId, pdf) =>
      store.upkeep((db) =>
        keepStatement(db, paperId, pdf) || keepPaper(db, paperId as ReceiptId, pdf)
          ? ok(undefined)
          : err(faultOf('receipt.altered', 'it has its paper already')),
      ),
    record: (printJobId, change) =>
      store.tx((db) => {
        const before = findPrintJob(db, printJobId) ?? findClosingJob(db, printJobId)
        // While the spool waited for a printer, the way out of quarantine may have ended the job: it is not handed over
        // after that.
        if (before === undefined || before.endedAt !== undefined)
          return err(faultOf('receipt.unknown', 'no print job under way'))
        if (!saveSpoolChange(db, printJobId, change)) saveClosingChange(db, printJobId, change)
        const view = findPrintJob(db, printJobId) ?? findClosingJob(db, printJobId)
        if (view === undefined) return err(faultOf('receipt.unknown', 'no such print job'))
        journal.append(db, {
          actor: 'counter',
          kind: `print.${change.state}`,
          subject: printJobId,
          body: { number: view.number, copy: view.copy, printer: change.printer, reasons: change.reasons },
        })
        return ok(view)
      }),
    chosenPrinter: () => ok(findSetting(store.db, printerSetting, z.string())),
  }
}
