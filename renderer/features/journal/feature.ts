import type { Feature } from '../../core/feature.ts'

export const feature: Feature = {
  name: 'journal',
  order: 80,
  pages: [
    {
      name: 'journal',
      path: '/journal',
      icon: 'proof',
      words: 'frame.journal',
      needs: 'auditJournal',
      begins: ['auditor'],
      component: () => import('./JournalPage.vue'),
    },
  ],
}
