import { paperKind } from '../../../domain/papers/paperKind.ts'
import { archiveListPaper, destructionPaper } from './archive/paperFacts.ts'
import { folderPaper, postListPaper, registerPaper, reminderPaper, slipPaper } from './paperFacts.ts'

export const papers = {
  /** The register of a day or of a year, as it was closed. */
  mailRegister: paperKind({
    facts: registerPaper,
    medium: 'a4',
    sealed: false,
    title: ({ number }) => `Registre du courrier ${number}`,
    drawing: async () => (await import('./registerDocument.ts')).registerDrawing,
  }),
  mailSlip: paperKind({
    facts: slipPaper,
    medium: 'a4',
    sealed: false,
    title: ({ number }) => `Bordereau ${number}`,
    drawing: async () => (await import('./slipDocument.ts')).slipDrawing,
  }),
  /** It is made for one moment, and never kept. */
  mailFolder: paperKind({
    facts: folderPaper,
    medium: 'a4',
    sealed: false,
    title: ({ number }) => `Courrier à instruire ${number}`,
    drawing: async () => (await import('./folderDocument.ts')).folderDrawing,
  }),
  /** It is made for one moment, and never kept. */
  mailPostList: paperKind({
    facts: postListPaper,
    medium: 'a4',
    sealed: false,
    title: ({ number }) => `Dépôt de recommandés ${number}`,
    drawing: async () => (await import('./postListDocument.ts')).postListDrawing,
  }),
  mailReminder: paperKind({
    facts: reminderPaper,
    medium: 'a4',
    sealed: false,
    title: ({ number }) => `Relance ${number}`,
    drawing: async () => (await import('./reminderDocument.ts')).reminderDrawing,
  }),
  mailArchiveList: paperKind({
    facts: archiveListPaper,
    medium: 'a4',
    sealed: false,
    title: ({ number }) => `Bordereau d’archives ${number}`,
    drawing: async () => (await import('./archive/listDocument.ts')).archiveListDrawing,
  }),
  mailDestruction: paperKind({
    facts: destructionPaper,
    medium: 'a4',
    sealed: false,
    title: ({ number }) => `Procès-verbal d’élimination ${number}`,
    drawing: async () => (await import('./archive/destructionDocument.ts')).destructionDrawing,
  }),
} as const
