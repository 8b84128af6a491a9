import type { Feature } from '../../core/feature.ts'

export const accounts: Feature = {
  name: 'accounts',
  pages: [
    {
      name: 'accounts',
      path: '/accounts',
      icon: 'agent',
      words: 'frame.accounts',
      needs: 'seeAccounts',
      component: () => import('./AccountsPage.vue'),
    },
  ],
}
