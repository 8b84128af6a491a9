import { readonly, shallowRef, type Ref } from 'vue'
import { language as languageSchema, type Language } from '#shared/domain/text.ts'

const languageKey = 'guichet.language'

export const directionOf = (language: Language): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr')

/** The names that the languages give themselves, and their shortest form. */
export const languageNames: Readonly<Record<Language, { name: string; short: string }>> = {
  fr: { name: 'Français', short: 'FR' },
  ar: { name: 'العربية', short: 'ع' },
  zgh: { name: 'ⵜⴰⵎⴰⵣⵉⵖⵜ', short: 'ⵣ' },
  en: { name: 'English', short: 'EN' },
}

/**
 * A language by its own name, for whoever chooses one. Amazigh has the words of the glossary and is French elsewhere: it
 * says so, in the words that `partly` gives.
 */
export const languageLabel = (one: Language, partly: (values: { language: string }) => string): string =>
  one === 'zgh' ? partly({ language: languageNames[one].name }) : languageNames[one].name

/** The last language of this window, else what the system speaks, else French; French where there is no window. */
export function firstLanguage(): Language {
  if (typeof window === 'undefined') return 'fr'
  const asked =
    typeof __DEMO__ !== 'undefined' && __DEMO__ ? new URLSearchParams(location.search).get('lang') : undefined
  const known = languageSchema.safeParse(asked ?? localStorage.getItem(languageKey) ?? window.guichet?.initialLanguage)
  return known.success ? known.data : 'fr'
}

export const rememberLanguage = (chosen: Language): void => {
  localStorage.setItem(languageKey, chosen)
}

/** Words that can be had in a language. */
export interface Loadable {
  readonly load: (language: Language) => Promise<void>
}

const shown = shallowRef(firstLanguage())
const loaded = new Set<Loadable>()
let wanted = shown.value

/** The language of the page now. */
export const currentLanguage: Readonly<Ref<Language>> = readonly(shown)

/** Has words in the language of the page, and in each that is chosen from now on. */
export async function keepWords(words: Loadable): Promise<void> {
  loaded.add(words)
  await Promise.all([...new Set([shown.value, wanted])].map((language) => words.load(language)))
}

/** Turns the page towards a language; before mount for the first, at once for the next. */
export function turnPage(language: Language): void {
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}

/**
 * Speaks another language: its words are brought for everything that is loaded, then the whole page turns at once. Of
 * two choices in a row the last one holds.
 */
export async function speak(language: Language): Promise<void> {
  wanted = language
  await Promise.all([...loaded].map((words) => words.load(language)))
  if (wanted !== language) return
  shown.value = language
  turnPage(language)
}
