import type { Feature } from '../../core/feature.ts'

/** Every part of the user interface on one page, for pictures; not in what ships. */
export const feature: Feature = {
  name: 'gallery',
  order: 130,
  pages: [
    {
      name: 'gallery',
      path: '/gallery',
      icon: 'screen',
      words: 'frame.home',
      component: () =>
        __DEMO__ ? import('./GalleryPage.vue') : Promise.reject(new Error('only in the demonstration')),
      demoOnly: true,
    },
  ],
}
