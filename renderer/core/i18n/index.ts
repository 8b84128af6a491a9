import { createI18n, type I18n } from 'vue-i18n'
import { languages, type Language } from '#shared/domain/text.ts'
import { messages } from './catalogue.ts'
import { pluralRules } from './plurals.ts'

export const directionOf = (language: Language): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr')

/** The names that the languages give themselves, and their shortest form. */
export const languageNames: Readonly<Record<Language, { name: string; short: string }>> = {
  fr: { name: 'Français', short: 'FR' },
  ar: { name: 'العربية', short: 'ع' },
  zgh: { name: 'ⵜⴰⵎⴰⵣⵉⵖⵜ', short: 'ⵣ' },
  en: { name: 'English', short: 'EN' },
}

/** Turns the page towards a language; before mount for the first, at once for the next. */
export function turnPage(language: Language): void {
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}

/** The words of the program; Amazigh falls back to French where the glossary confirms nothing yet. */
export function createWords(language: Language): I18n {
  turnPage(language)
  return createI18n({
    legacy: false,
    locale: language,
    availableLocales: [...languages],
    messages: messages(),
    pluralRules,
    fallbackLocale: { zgh: ['fr'], default: ['fr'] },
    missingWarn: false,
    fallbackWarn: false,
  })
}
