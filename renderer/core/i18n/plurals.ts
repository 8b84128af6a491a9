const arabic = ['zero', 'one', 'two', 'few', 'many', 'other']

/**
 * Which form of a message counts `n` things. Arabic has six, in the order of CLDR: zero, one, two, few, many, other.
 * The other languages have two (one, other), or three with a wording for none in front.
 */
export const pluralRules = {
  ar: (n: number, forms: number) => (forms === 6 ? arabic.indexOf(new Intl.PluralRules('ar').select(n)) : forms - 1),
  fr: (n: number, forms: number) => latin('fr', n, forms),
  zgh: (n: number, forms: number) => latin('fr', n, forms),
  en: (n: number, forms: number) => latin('en', n, forms),
}

const latin = (language: string, n: number, forms: number): number => {
  if (forms === 3 && n === 0) return 0
  return new Intl.PluralRules(language).select(n) === 'one' ? forms - 2 : forms - 1
}
