import { z } from 'zod'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Journal } from '../journal/journal.ts'
import type { SpoolStore } from '../spool/ports.ts'
import type { Store } from './open.ts'
import { findPrintJob, saveSpoolChange, unfinishedJobs } from './printJobs.ts'
import { keepPaper, readReceipt } from './receipts.ts'
import { findSetting } from './settings.ts'

/** The key of the setting that names this counter's printer. */
export const printerSetting = 'printer'

/** The part of the register that the spool works on. */
export function createSpoolStore(store: Store, journal: Journal): SpoolStore {
  return {
    unfinished: () => ok(unfinishedJobs(store.db)),
    receipt: (receiptId) => readReceipt(store.db, receiptId),
    // No act: a receipt of an old copy may be read too.
    keepPdf: (receiptId, pdf) => store.upkeep((db) =>
      keepPaper(db, receiptId, pdf) ? ok(undefined) : err(faultOf('receipt.altered', 'the receipt has its paper already'))),
    record: (printJobId, change) => store.tx((db) => {
      if (!saveSpoolChange(db, printJobId, change)) return err(faultOf('receipt.unknown', 'no such print job'))
      const view = findPrintJob(db, printJobId)
      if (view === undefined) return err(faultOf('receipt.unknown', 'no such print job'))
      journal.append(db, {
        actor: 'counter', kind: `print.${change.state}`, subject: printJobId,
        body: { number: view.number, copy: view.copy, printer: change.printer, reasons: change.reasons },
      })
      return ok(view)
    }),
    chosenPrinter: () => ok(findSetting(store.db, printerSetting, z.string())),
  }
}
