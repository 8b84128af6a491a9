import { fold } from '#shared/text/fold.ts'

/** Whatever is no letter, mark or digit: spaces, hyphens, apostrophes, dots. */
const between = /[^\p{L}\p{M}\p{N}]+/gu

/**
 * A name or a number as it is looked for: folded, its letters and digits alone, so that it is found however it is put
 * together: "EL AMRANI", "El-Amrani" and "ELAMRANI" are one. Kept in `identities.native_key` and `document_key`.
 */
export const soughtKeyOf = (text: string): string => fold(text).replace(between, '')

/**
 * What people are found by: both names, so that "Idrissi" finds "Idrîssi". Kept in `identities.name_key`.
 * @param familyName as it was read or typed
 * @param givenNames as they were read or typed
 */
export const nameKeyOf = (familyName: string, givenNames: string): string =>
  `${soughtKeyOf(familyName)}\n${soughtKeyOf(givenNames)}`

/** The keys from `[0]` (included) to `[1]` (excluded): of everybody who bears a family name. */
export const familyKeysOf = (familyName: string): readonly [string, string] => {
  const family = soughtKeyOf(familyName)
  // The sign after the line end that parts the names.
  return [`${family}\n`, `${family}\u000b`]
}
