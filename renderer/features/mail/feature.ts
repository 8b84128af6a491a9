import type { Feature } from '../../core/feature.ts'

export const feature: Feature = {
  name: 'mail',
  order: 43,
  acts: async () => (await import('./words.ts')).mailActs,
  pages: [
    {
      name: 'mail',
      path: '/mail',
      icon: 'mail',
      words: 'frame.mail',
      needs: 'readMail',
      begins: ['mailClerk'],
      component: () => import('./MailPage.vue'),
    },
  ],
  inside: async () => (await import('./inside.ts')).inside,
}
