import type { Feature } from '../../core/feature.ts'

export const feature: Feature = {
  name: 'personalData',
  order: 100,
  acts: async () => (await import('./words.ts')).personalDataActs,
  pages: [
    {
      name: 'personalData',
      path: '/personal-data',
      icon: 'law',
      words: 'frame.personalData',
      needs: 'seePersonalData',
      component: () => import('./PersonalDataPage.vue'),
    },
  ],
}
