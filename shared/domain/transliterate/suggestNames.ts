import { toArabic } from './toArabic.ts'
import { toLatin } from './toLatin.ts'

/** The names of a person as they are typed, in both scripts. */
export interface TypedNames {
  readonly familyName: string
  readonly givenNames: string
  readonly nativeName: string
}

const blank = (text: string): boolean => text.trim() === ''
/** Names of two words: servant of, father of. */
const compound = /^(?:عبد|أبو|ابو|فاطمة)$/u

/**
 * What may be put into the empty fields: the Arabic name from both Latin ones, or the Latin ones from the Arabic, given
 * name first as
 * Moroccan documents write it. A field that holds something is never suggested for.
 */
export function suggestNames({ familyName, givenNames, nativeName }: TypedNames): Partial<TypedNames> {
  if (blank(nativeName)) {
    const arabic = toArabic(`${givenNames} ${familyName}`)
    return arabic === '' ? {} : { nativeName: arabic }
  }
  const [first = '', second, ...rest] = nativeName.trim().split(/\s+/u)
  const [given, family] =
    second !== undefined && compound.test(first)
      ? [[first, second], rest]
      : [[first], second === undefined ? [] : [second, ...rest]]
  return {
    ...(blank(givenNames) && toLatin(given.join(' ')) !== '' ? { givenNames: toLatin(given.join(' ')) } : {}),
    ...(blank(familyName) && family.length > 0 ? { familyName: toLatin(family.join(' ')) } : {}),
  }
}
