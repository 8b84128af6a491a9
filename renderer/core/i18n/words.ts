import type { Language } from '#shared/domain/text.ts'
import { keepWords } from './language.ts'
import type { Message, Messages } from './messages.ts'
import type { PathsOf, SameAs, SomeOf, Texts } from './texts.ts'

/**
 * One file of words. `() => import('./words/fr.json')` reads it when it is wanted. `{ default: french }` is part of the
 * program: French and Arabic of the rooms that speak before somebody signed in, where the login would wait for a file.
 */
export type WordsFile<T> = (() => Promise<{ readonly default: T }>) | { readonly default: T }

/** The words of one room, in every language that was brought. */
export interface Words<Key extends string> {
  /** Whether French has a text of this name. */
  readonly has: (key: string) => key is Key
  /** A text, and the language that it is really written in: French stands in where Amazigh has none. */
  readonly find: (key: Key, language: Language) => { readonly message: Message; readonly writtenIn: Language }
}
/** The keys of some words. */
export type KeyOf<W> = W extends Words<infer Key> ? Key : never

/**
 * The words of one room, from a JSON file a language beside it. French gives the shape: a key that Arabic or English
 * lacks, or has besides, does not compile; Amazigh holds confirmed words only. Resolves when the language of the page is
 * there; others are read when they are chosen.
 */
export async function words<
  F extends Texts,
  A extends SameAs<A, F>,
  E extends SameAs<E, F>,
  Z extends SomeOf<Z, F>,
>(files: {
  readonly fr: WordsFile<F>
  readonly ar: WordsFile<A>
  readonly en: WordsFile<E>
  readonly zgh: WordsFile<Z>
}): Promise<Words<PathsOf<F>>> {
  const tables = new Map<Language, Messages>()
  const bring = async (language: Language): Promise<void> => {
    if (tables.has(language)) return
    const given = files[language]
    const file: unknown = typeof given === 'function' ? (await given()).default : given.default
    // The build has put the compiled table (`compile.ts`) in place of the tree whose shape was checked above.
    tables.set(language, file as Messages)
  }
  await keepWords({
    load: async (language) => {
      await Promise.all([bring(language), ...(language === 'zgh' ? [bring('fr')] : [])])
    },
  })
  const textIn = (key: string, language: Language): Message | undefined => {
    const table = tables.get(language)
    return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined
  }
  return {
    has: (key): key is PathsOf<F> =>
      [...tables].some(([language]) => language !== 'zgh' && textIn(key, language) !== undefined),
    find: (key, language) => {
      const own = textIn(key, language)
      return own === undefined
        ? { message: textIn(key, 'fr') ?? key, writtenIn: 'fr' }
        : { message: own, writtenIn: language }
    },
  }
}
