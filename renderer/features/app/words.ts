import { words } from '../../core/i18n/words.ts'
import arabic from './words/ar.json'
import french from './words/fr.json'

export const appWords = await words({
  fr: { default: french },
  ar: { default: arabic },
  en: () => import('./words/en.json'),
  zgh: () => import('./words/zgh.json'),
})
