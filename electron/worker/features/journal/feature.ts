import type { calls } from '#shared/contract/features/journal/calls.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Session } from '../../core/sessions.ts'
import type { Payload } from '#shared/contract/events.ts'
import type { Feature } from '../../core/feature.ts'
import { exportJournal } from './exportJournal.ts'
import { reportJournal } from './reportJournal.ts'
import { verifyWholeJournal, viewJournal, viewProofs } from './viewJournal.ts'

/** The journal, its proofs, its reports. */
export const journal: Feature<typeof calls> = {
  calls: ({ parts, context, press, spool }) => ({
    'journal.page': ({ before, limit, ...filter }) => ok(viewJournal(context, { before, limit, filter })),
    'journal.proofs': () => ok(viewProofs(context)),
    'journal.verify': (_, { session, signal }) => verifyWholeJournal(context, walkedTo(session), signal),
    'journal.export': async (_, { who, session, signal }) => {
      if (parts.chooseFile === undefined) return err(faultOf('file.unwritable', 'no screen'))
      const exported = await exportJournal(context, {
        actor: who.code,
        chooseFile: parts.chooseFile,
        onJournalProgress: walkedTo(session),
        signal,
      })
      return exported
    },
    'journal.report': async (filter, { who, session, signal }) => {
      const verdict = await verifyWholeJournal(context, walkedTo(session), signal)
      if (!verdict.ok) return verdict
      const report = await reportJournal(context, { press, papers: spool }, who.code, filter, verdict.value)
      if (!report.ok) return report
      return ok({ ...report.value, bytes: new Uint8Array(report.value.bytes) })
    },
  }),
}

/** Tells the window that asked how far a walk over the journal came. */
const walkedTo =
  (session: Session) =>
  (progress: Payload<'journal'>): void => {
    session.tell('journal', progress)
  }
