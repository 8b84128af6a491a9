import { words } from './i18n/words.ts'

/** What all rooms say: buttons, states of papers, roles, purposes. */
export const coreWords = await words({
  fr: () => import('./words/fr.json'),
  ar: () => import('./words/ar.json'),
  en: () => import('./words/en.json'),
  zgh: () => import('./words/zgh.json'),
})
