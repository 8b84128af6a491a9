/** What is said of a number of registered post. */
export interface S10Check {
  readonly valid: boolean
  /** The check digit that belongs to its serial; absent where the number is of another form. */
  readonly expected?: number
}

/** UPU S10-12, 6.2.3: the weights of the eight digits of the serial. */
const weights = [8, 6, 4, 2, 3, 5, 9, 7] as const
/** Service indicator, serial, check digit, country (ISO 3166-1). */
const form = /^([A-Z]{2})(\d{8})(\d)([A-Z]{2})$/i

/**
 * Checks the number of a registered letter (UPU S10): `RR 473 124 829 MA`. Spaces and small letters are as good, as on
 * the labels of the post.
 */
export function checkS10(code: string): S10Check {
  const [, , serial, check] = form.exec(code.replace(/\s/gu, '')) ?? []
  if (serial === undefined) return { valid: false }
  const expected = s10CheckDigit(serial)
  return { valid: Number(check) === expected, expected }
}

/** `RR473124829MA`: the number that a text is, as the post writes it; nothing where it is none, or its check digit is wrong. */
export function postalItem(text: string): string | undefined {
  const code = text.replace(/\s/gu, '').toUpperCase()
  return checkS10(code).valid ? code : undefined
}

/** The check digit of eight digits: 11 less the weighted sum modulo 11, where 10 is written 0 and 11 is written 5. */
export function s10CheckDigit(serial: string): number {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(serial.charAt(at)), 0)
  const rest = 11 - (sum % 11)
  return rest === 10 ? 0 : rest === 11 ? 5 : rest
}
