import type { Language } from '#shared/domain/text.ts'
import { say } from '../../core/i18n/messages.ts'
import { words, type KeyOf } from '../../core/i18n/words.ts'
import ar from './words/ar.json'
import fr from './words/fr.json'

/** Both scripts stand on a wall at once: neither is read later. */
const boardWords = await words({
  fr: { default: fr },
  ar: { default: ar },
  en: () => import('./words/en.json'),
  zgh: () => import('./words/zgh.json'),
})

/** A text of the wall in one language, whatever the page speaks. */
export function boardText(
  language: Language,
  key: KeyOf<typeof boardWords>,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const { message, writtenIn } = boardWords.find(key, language)
  return say(message, writtenIn, values)
}

const ordinals = [undefined, undefined, 'second', 'third', 'fourth', 'fifth'] as const
/** The third call, as each language says it. */
export const recallText = (language: Language, times: number): string => {
  const ordinal = ordinals[times]
  return ordinal === undefined ? boardText(language, 'recall', { times }) : boardText(language, `recalls.${ordinal}`)
}
