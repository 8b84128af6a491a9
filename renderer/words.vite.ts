import type { Plugin } from 'vite'
import { compileTexts } from './core/i18n/compile.ts'
import type { Texts } from './core/i18n/texts.ts'

/** A file of words or of the sentences of faults, by its language. */
export const wordsFile = /\/renderer\/(?:.+\/)?(?:words|faults)\/(fr|ar|en|zgh)\.json$/u

/** What is said before somebody signed in, and by the frame right after: one file a language. */
const atStart = /\/renderer\/(?:core|features\/(?:session|app))\//u

/** The chunk of a file of words; each feature has its own. French and Arabic of the start are in no file of their own. */
export const startOf = (id: string): string | null => {
  const language = wordsFile.exec(id)?.[1]
  if (language === undefined || !atStart.test(id)) return null
  return language === 'fr' || language === 'ar' ? null : `words-${language}`
}

/** The module that reads the words of a feature, which nobody waits for before he signed in. */
export const ownWords = (id: string): boolean => /\/renderer\/features\/.+\/words\.ts$/u.test(id) && !atStart.test(id)

/** Puts the compiled table in place of each file of words, so that nothing is left to compile in the page. */
export const compiledWords = (): Plugin => ({
  name: 'compiled-words',
  enforce: 'pre',
  transform: {
    filter: { id: wordsFile },
    // The compiler of types checks the tree against French; here it is only cut into pieces, and stays JSON.
    handler: (json) => ({ code: JSON.stringify(compileTexts(JSON.parse(json) as Texts)), map: null }),
  },
})
