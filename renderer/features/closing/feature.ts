import type { Feature } from '../../core/feature.ts'

export const closing: Feature = {
  name: 'closing',
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
