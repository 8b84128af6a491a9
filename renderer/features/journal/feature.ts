import type { Feature } from '../../core/feature.ts'

export const journal: Feature = {
  name: 'journal',
  pages: [
    {
      name: 'journal',
      path: '/journal',
      icon: 'proof',
      words: 'frame.journal',
      needs: 'auditJournal',
      component: () => import('./JournalPage.vue'),
    },
  ],
}
