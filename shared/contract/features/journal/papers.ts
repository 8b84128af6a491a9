import { journalReport } from '../../../domain/papers/journal.ts'
import { paperKind } from '../../../domain/papers/paperKind.ts'

export const papers = {
  /** The report of an audit. The journal names nobody but agents by their code, so nothing of it has to end. */
  journal: paperKind({
    facts: journalReport,
    medium: 'a4',
    sealed: false,
    title: ({ number }) => number,
    drawing: async () => (await import('../../../domain/papers/journalDocument.ts')).journalDrawing,
  }),
} as const
