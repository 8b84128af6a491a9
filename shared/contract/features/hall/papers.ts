import { paperKind } from '../../../domain/papers/paperKind.ts'
import { dayListFacts } from './dayList.ts'

export const papers = {
  /** The appointments of a day, for the day on which the computers do not start: it is made, handed out and not kept. */
  appointmentDay: paperKind({
    facts: dayListFacts,
    medium: 'a4',
    sealed: false,
    title: ({ number }) => `Rendez-vous ${number}`,
    drawing: async () => (await import('./dayListDocument.ts')).dayListDrawing,
  }),
} as const
