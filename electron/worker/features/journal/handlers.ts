import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import type { ClosingId, PrintJobId } from '#shared/ids.ts'
import { err, ok } from '#shared/result.ts'
import type { CounterKeyPair } from '../../keys/counterKey.ts'
import type { Answering } from '../../core/handlerContext.ts'
import { signedIn } from '../../core/session.ts'
import { findClosingById } from '../../core/rows/closings.ts'
import { closeDay } from '../closing/closeDay.ts'
import { exportJournal } from './exportJournal.ts'
import { printClosing } from '../closing/printClosing.ts'
import { reopenDay } from '../closing/reopenDay.ts'
import { reportJournal } from './reportJournal.ts'
import { viewDayStatus } from '../closing/viewDayStatus.ts'
import { verifyWholeJournal, viewJournal, viewProofs } from './viewJournal.ts'

type Answered = Pick<
  Handlers<Calls>,
  | 'day.status'
  | 'day.close'
  | 'day.reopen'
  | 'closing.pdf'
  | 'closing.print'
  | 'journal.page'
  | 'journal.proofs'
  | 'journal.verify'
  | 'journal.export'
  | 'journal.report'
>

interface Joined extends Pick<Answering, 'parts' | 'context' | 'session' | 'spool' | 'committed' | 'printChanged'> {
  readonly key: CounterKeyPair
  readonly press: Answering['press']
  /** How far a walk over the journal came. */
  readonly walked: (progress: { readonly done: number; readonly total: number }) => void
}

/** The closing of the day and the journal: for supervisors, and for whoever audits. */
export function journalHandlers({
  parts,
  context,
  session,
  spool,
  key,
  press,
  walked,
  committed,
  printChanged,
}: Joined): Answered {
  return {
    'day.status': ({ day }) => ok(viewDayStatus(context, day)),
    'day.close': (order) => {
      const closed = closeDay(context, key, signedIn(session), order)
      if (closed.ok) committed()
      return closed
    },
    'day.reopen': async (order) => {
      const reopened = await reopenDay(context, signedIn(session), order)
      if (reopened.ok) committed()
      return reopened
    },
    'closing.pdf': async ({ closingId }) => {
      if (findClosingById(context.store.db, closingId) === undefined) return err(faultOf('day.notClosed'))
      const pdf = await spool.pdf(closingId as ClosingId) // found above
      // A plain copy: what SQLite hands out is a Buffer, which the wire would carry with all that lies around it.
      return pdf.ok ? ok({ pdf: new Uint8Array(pdf.value.bytes), sha256: pdf.value.sha256 }) : pdf
    },
    'closing.print': ({ closingId }) => {
      // newId makes UUIDs
      const queued = printClosing(context, signedIn(session), { closingId, printJobId: context.newId() as PrintJobId })
      if (!queued.ok) return queued
      printChanged(queued.value)
      committed()
      return queued
    },

    'journal.page': ({ before, limit, ...filter }) => ok(viewJournal(context, { before, limit, filter })),
    'journal.proofs': () => ok(viewProofs(context)),
    'journal.verify': (_, signal) => verifyWholeJournal(context, walked, signal),
    'journal.export': async (_, signal) => {
      const { code } = signedIn(session)
      if (parts.chooseFile === undefined) return err(faultOf('file.unwritable', 'no screen'))
      const exported = await exportJournal(context, {
        actor: code,
        chooseFile: parts.chooseFile,
        onLinks: walked,
        signal,
      })
      if (exported.ok) committed()
      return exported
    },
    'journal.report': async (filter, signal) => {
      const { code } = signedIn(session)
      const verdict = await verifyWholeJournal(context, walked, signal)
      if (!verdict.ok) return verdict
      const report = await reportJournal(context, press, code, filter, verdict.value)
      if (!report.ok) return report
      committed()
      return ok({ ...report.value, bytes: new Uint8Array(report.value.bytes) })
    },
  }
}
