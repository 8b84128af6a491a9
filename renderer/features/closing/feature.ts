import type { Feature } from '../../core/feature.ts'

export const feature: Feature = {
  name: 'closing',
  order: 70,
  acts: async () => (await import('./words.ts')).closingActs,
  pages: [
    {
      name: 'day',
      path: '/day',
      icon: 'calendar',
      words: 'frame.day',
      needs: 'superviseCounter',
      component: () => import('./DayPage.vue'),
    },
  ],
}
