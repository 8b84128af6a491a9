import type { Feature } from '../../core/feature.ts'

export const trust: Feature = {
  name: 'trust',
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
