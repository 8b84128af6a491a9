import { words } from '../../core/i18n/words.ts'
import { ar } from './words/ar.ts'
import { en } from './words/en.ts'
import { fr } from './words/fr.ts'

export const counterWords = words({ fr, ar, en })
