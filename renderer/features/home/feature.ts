import type { Feature } from '../../core/feature.ts'

export const home: Feature = {
  name: 'home',
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
