import { acts } from '#shared/contract/features/mail/acts.ts'
import { sayActs } from '../../core/actWords.ts'
import { words } from '../../core/i18n/words.ts'

export const mailWords = await words({
  fr: () => import('./words/fr.json'),
  ar: () => import('./words/ar.json'),
  en: () => import('./words/en.json'),
  zgh: () => import('./words/zgh.json'),
})

export const mailActs = sayActs(acts, mailWords)
