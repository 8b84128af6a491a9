import type { Feature } from '../../core/feature.ts'

export const personalData: Feature = {
  name: 'personalData',
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
