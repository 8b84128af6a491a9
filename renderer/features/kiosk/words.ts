import { words } from '../../core/i18n/words.ts'
import ar from './words/ar.json'
import fr from './words/fr.json'

/** Four languages at one touch: the two that most people choose are there before. */
export const kioskWords = await words({
  fr: { default: fr },
  ar: { default: ar },
  en: () => import('./words/en.json'),
  zgh: () => import('./words/zgh.json'),
})
