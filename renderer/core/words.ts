import { words } from './i18n/words.ts'
import arabic from './words/ar.json'
import french from './words/fr.json'

/** What all rooms say: buttons, states of papers, roles, purposes. */
export const coreWords = await words({
  fr: { default: french },
  ar: { default: arabic },
  en: () => import('./words/en.json'),
  zgh: () => import('./words/zgh.json'),
})
