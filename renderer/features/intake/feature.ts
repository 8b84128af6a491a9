import type { Feature } from '../../core/feature.ts'

export const intake: Feature = {
  name: 'intake',
  pages: [
    {
      name: 'counter',
      path: '/counter',
      icon: 'counter',
      words: 'frame.counter',
      needs: 'serveCitizens',
      component: () => import('./CounterPage.vue'),
      early: true,
    },
  ],
  inside: async () => (await import('./inside.ts')).inside,
}
