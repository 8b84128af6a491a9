import type { Feature } from '../../core/feature.ts'

export const feature: Feature = {
  name: 'intake',
  order: 40,
  acts: async () => (await import('./words.ts')).intakeActs,
  pages: [
    {
      name: 'counter',
      path: '/counter',
      icon: 'counter',
      words: 'frame.counter',
      needs: 'serveCitizens',
      begins: ['agent'],
      component: () => import('./CounterPage.vue'),
      early: true,
    },
  ],
  inside: async () => (await import('./inside.ts')).inside,
}
