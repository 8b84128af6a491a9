import { acts } from '#shared/contract/features/corrections/acts.ts'
import { sayActs } from '../../core/actWords.ts'
import { words } from '../../core/i18n/words.ts'

export const correctionsWords = await words({
  fr: () => import('./words/fr.json'),
  ar: () => import('./words/ar.json'),
  en: () => import('./words/en.json'),
  zgh: () => import('./words/zgh.json'),
})

export const correctionsActs = sayActs(acts, correctionsWords)
