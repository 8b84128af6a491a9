import type { Feature } from '../../core/feature.ts'
import { useSync } from '../../core/stores/sync.ts'

export const feature: Feature = {
  name: 'corrections',
  order: 50,
  acts: async () => (await import('./words.ts')).correctionsActs,
  pages: [
    {
      name: 'corrections',
      path: '/corrections',
      icon: 'repair',
      words: 'frame.corrections',
      needs: 'serveCitizens',
      component: () => import('./CorrectionsPage.vue'),
      waits: () => ({ n: useSync().sync.refused, urgent: true }),
    },
  ],
}
