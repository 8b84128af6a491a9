import type { Feature } from '../../core/feature.ts'

export const feature: Feature = {
  name: 'home',
  order: 30,
  pages: [
    {
      name: 'home',
      path: '/',
      icon: 'home',
      words: 'frame.home',
      component: () => import('./HomePage.vue'),
      early: true,
    },
  ],
}
