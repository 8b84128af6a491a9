import type { Feature } from '../../core/feature.ts'
import { useSync } from '../../core/stores/sync.ts'

export const feature: Feature = {
  name: 'sync',
  order: 60,
  acts: async () => (await import('./words.ts')).syncActs,
  pages: [
    {
      name: 'sync',
      path: '/sync',
      icon: 'sync',
      words: 'frame.sync',
      needs: 'seeSync',
      component: () => import('./SyncPage.vue'),
      waits: () => ({ n: useSync().sync.pending, urgent: false }),
    },
  ],
  inside: async () => (await import('./inside.ts')).inside,
}
