import type { Feature } from '../../core/feature.ts'

export const feature: Feature = {
  name: 'trust',
  order: 110,
  pages: [
    {
      name: 'trust',
      path: '/trust',
      icon: 'shieldCheck',
      words: 'frame.trust',
      needs: 'administerDevice',
      component: () => import('./TrustPage.vue'),
    },
  ],
}
