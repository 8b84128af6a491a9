import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Journal } from '../../journal/journal.ts'
import type { Store } from '../../store/open.ts'
import type { SpoolStore } from '../spool/ports.ts'
import { keepBytes, readPaper } from './papers.ts'
import { chosenPrinters } from './printers.ts'
import { findPrintJob, saveSpoolChange, unfinishedJobs } from './printJobs.ts'

/** The part of the register that the spool works on. */
export function createSpoolStore(store: Store, journal: Journal): SpoolStore {
  return {
    unfinished: () => ok(unfinishedJobs(store.db)),
    source: (paperId) => readPaper(store.db, store.files, paperId),
    // No act: a paper of an old copy may be read too.
    keepPdf: (paperId, pdf) => store.upkeep((db) => keepBytes(db, store.files, paperId, pdf)),
    record: (printJobId, change) =>
      store.tx((db) => {
        const before = findPrintJob(db, printJobId)
        // While the spool waited for a printer, the way out of quarantine may have ended the job: it is not handed over
        // after that.
        if (before === undefined || before.endedAt !== undefined)
          return err(faultOf('receipt.unknown', 'no print job under way'))
        saveSpoolChange(db, printJobId, change)
        const view = findPrintJob(db, printJobId)
        if (view === undefined) return err(faultOf('receipt.unknown', 'no such print job'))
        journal.append(db, {
          actor: 'counter',
          kind: `print.${change.state}`,
          subject: printJobId,
          body: { number: view.number, copy: view.copy, printer: change.printer, reasons: change.reasons },
        })
        return ok(view)
      }),
    chosenPrinters: () => ok(chosenPrinters(store.db)),
  }
}
