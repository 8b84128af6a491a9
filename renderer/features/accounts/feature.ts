import type { Feature } from '../../core/feature.ts'

export const feature: Feature = {
  name: 'accounts',
  order: 90,
  pages: [
    {
      name: 'accounts',
      path: '/accounts',
      icon: 'agent',
      words: 'frame.accounts',
      needs: 'seeAccounts',
      begins: ['administrator'],
      component: () => import('./AccountsPage.vue'),
    },
  ],
}
