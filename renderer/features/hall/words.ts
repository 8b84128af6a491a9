import { words } from '../../core/i18n/words.ts'

export const hallWords = await words({
  fr: () => import('./words/fr.json'),
  ar: () => import('./words/ar.json'),
  en: () => import('./words/en.json'),
  zgh: () => import('./words/zgh.json'),
})
