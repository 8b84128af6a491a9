import type { Feature } from '../../core/feature.ts'

export const feature: Feature = {
  name: 'home',
  order: 30,
  pages: [
    {
      name: 'home',
      path: '/home',
      icon: 'home',
      words: 'frame.home',
      needs: 'serveCitizens',
      begins: ['supervisor'],
      component: () => import('./HomePage.vue'),
      early: true,
    },
  ],
}
