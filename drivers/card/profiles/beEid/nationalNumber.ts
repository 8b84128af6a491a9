/**
 * A Belgian national number, YYMMDD-SSS-CC. `bis` numbers are given to people outside the register: 20 or 40 is added
 * to the month,
 * which may be zero when it is not known. The birth date is never taken from it: the card states that itself, with its
 * precision.
 */
export interface NationalNumber {
  /** Eleven digits. */
  readonly digits: string
  readonly kind: 'register' | 'bis'
  /** Whether the last two digits check the nine before, by the rule of births before 2000 or from then on. */
  readonly checked: boolean
}

/** The check digits of nine digits: 97 less their rest by 97, with a 2 before them for births from 2000 on. */
export const checkDigits = (nine: string, from2000: boolean): string =>
  String(97 - (Number(from2000 ? `2${nine}` : nine) % 97)).padStart(2, '0')

/**
 * Reads a national number, with or without its separators; undefined when it has not eleven digits or a month that
 * there is not.
 */
export function readNationalNumber(text: string): NationalNumber | undefined {
  const digits = /^\d{2}\.?\d{2}\.?\d{2}-?\d{3}[.-]?\d{2}$/.test(text) ? text.replaceAll(/\D/g, '') : undefined
  if (digits === undefined) return undefined
  const month = Number(digits.slice(2, 4))
  if (month > 52 || month % 20 > 12) return undefined
  const [nine, given] = [digits.slice(0, 9), digits.slice(9)]
  return {
    digits,
    kind: month >= 20 ? 'bis' : 'register',
    checked: given === checkDigits(nine, false) || given === checkDigits(nine, true),
  }
}
