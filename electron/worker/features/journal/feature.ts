import type { calls } from '#shared/contract/features/journal.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Feature } from '../../core/feature.ts'
import { signedIn } from '../../core/session.ts'
import { exportJournal } from './exportJournal.ts'
import { reportJournal } from './reportJournal.ts'
import { verifyWholeJournal, viewJournal, viewProofs } from './viewJournal.ts'

/** The journal, its proofs, its reports. */
export const journal: Feature<typeof calls> = {
  calls: ({ parts, context, session, press, spool, walked, committed }) => ({
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
      const report = await reportJournal(context, { press, papers: spool }, code, filter, verdict.value)
      if (!report.ok) return report
      committed()
      return ok({ ...report.value, bytes: new Uint8Array(report.value.bytes) })
    },
  }),
}
