import { closingPaper } from '../../../domain/papers/closing.ts'
import { paperKind } from '../../../domain/papers/paperKind.ts'

export const papers = {
  /** The statement of a closed day; `rank` counts how often the day was closed before. Its code follows from its facts. */
  closing: paperKind({
    facts: closingPaper,
    medium: 'a4',
    sealed: false,
    title: ({ number, rank }) => `Clôture ${number}${rank === 0 ? '' : ` (${String(rank + 1)})`}`,
    drawing: async () => (await import('../../../domain/papers/closingDocument.ts')).closingDrawing,
  }),
} as const
