import type { Language } from '#shared/domain/text.ts'

const arabic = ['zero', 'one', 'two', 'few', 'many', 'other']
/** The rules that count each language. CLDR has none for zgh: its two forms are counted as in French. */
const rules: Readonly<Record<Language, string>> = { fr: 'fr', ar: 'ar', en: 'en', zgh: 'fr' }
const counted = new Map<string, Intl.PluralRules>()
const categoryOf = (language: Language, n: number): Intl.LDMLPluralRule => {
  const tag = rules[language]
  const rule = counted.get(tag) ?? new Intl.PluralRules(tag)
  counted.set(tag, rule)
  return rule.select(n)
}

/** How many forms a text that counts has in each language. French, English and Amazigh may put one for none in front. */
export const formsOf: Readonly<Record<Language, readonly number[]>> = { fr: [2, 3], ar: [6], en: [2, 3], zgh: [2, 3] }

/**
 * Which form of a message counts `n` things. Arabic has six, in the order of CLDR: zero, one, two, few, many, other.
 * The other languages have two (one, other), or three with a wording for none in front.
 * @returns the place of the form, from 0 to `forms - 1`
 */
export function formOf(language: Language, n: number, forms: number): number {
  if (language === 'ar') return forms === 6 ? arabic.indexOf(categoryOf('ar', n)) : forms - 1
  if (forms === 3 && n === 0) return 0
  return Math.max(0, categoryOf(language, n) === 'one' ? forms - 2 : forms - 1)
}
