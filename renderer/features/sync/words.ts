import { acts } from '#shared/contract/features/sync/acts.ts'
import { sayActs } from '../../core/actWords.ts'
import { words } from '../../core/i18n/words.ts'

export const syncWords = await words({
  fr: () => import('./words/fr.json'),
  ar: () => import('./words/ar.json'),
  en: () => import('./words/en.json'),
  zgh: () => import('./words/zgh.json'),
})

export const syncActs = sayActs(acts, syncWords)
