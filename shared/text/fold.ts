/**
 * Letters that Unicode does not take apart and that people type for each other. Arabic: the alefs, ya, ta marbuta, kaf
 * and heh of the keyboards at hand; a lone hamza is often left out. Latin: letters that a keyboard may lack.
 */
const typedAlike: Readonly<Record<string, string>> = {
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ے: 'ي',
  ة: 'ه',
  ۃ: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ە: 'ه',
  ک: 'ك',
  ڪ: 'ك',
  ء: '',
  œ: 'oe',
  æ: 'ae',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ı: 'i',
  ς: 'σ',
  ß: 'ss',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  ʿ: "'",
  ʾ: "'",
  '`': "'",
}
const alike = new RegExp(`[${Object.keys(typedAlike).join('')}]`, 'gu')

/** Marks above and below letters, the stroke that only makes a word longer, and what has no width. */
const unseen = /[\p{Mn}\p{Me}\p{Cf}\u0640]/gu
const apart = (text: string): string => text.normalize('NFKD').replace(unseen, '')

/** Arabic-Indic digits (U+0660…) and those of Persian and Urdu keyboards (U+06F0…) as western ones. */
const western = (digit: string): string => String(((digit.codePointAt(0) ?? 0) & 0xf) % 10)

/**
 * A text as it is compared when people look for it: "ecole" finds "École", "Idrissi" finds "Idrîssi", "الاقامة" finds
 * "الإقامَة", "٢٠٢٦" finds "2026". Case, accents, Arabic vowel signs, tatweel, ligatures, variants of letters, kinds of
 * apostrophes, dashes and spaces make no difference. Folding twice changes nothing more.
 *
 * What it gives is stored (`identities.name_key`, `native_key` and `document_key`, `procedure_entries`,
 * `procedure_words`): whoever changes it adds a migration that makes these keys again. Seals that are printed hold a
 * digest of what it gives for a name (`nameDigest`), which nothing makes again: names keep what they fold to.
 */
export const fold = (text: string): string =>
  // Upper case first: it is what brings ß and SS, and the two sigmas, together.
  apart(apart(text).toUpperCase().toLowerCase())
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/gu, western)
    .replace(alike, (letter) => typedAlike[letter] ?? letter)
    .replace(/[\s\p{Pd}_]+/gu, ' ')
    .trim()
