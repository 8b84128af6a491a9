import { acts } from '#shared/contract/features/intake/acts.ts'
import { sayActs } from '../../core/actWords.ts'
import { words } from '../../core/i18n/words.ts'

export const intakeWords = await words({
  fr: () => import('./words/fr.json'),
  ar: () => import('./words/ar.json'),
  en: () => import('./words/en.json'),
  zgh: () => import('./words/zgh.json'),
})

export const intakeActs = sayActs(acts, intakeWords)
