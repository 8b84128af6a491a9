const weights = [7, 3, 1] as const

/** The value of one MRZ character: digits as they are, A=10 … Z=35, filler 0 (Doc 9303-3 §4.9). */
export function characterValue(character: string): number {
  if (character === '<') return 0
  const value = Number.parseInt(character, 36)
  return Number.isNaN(value) ? 0 : value
}

/** The check digit of a field: weights 7, 3, 1, modulo 10 (Doc 9303-3 §4.9). */
export function checkDigit(field: string): string {
  let sum = 0
  for (let i = 0; i < field.length; i += 1) sum += characterValue(field.charAt(i)) * (weights[i % 3] ?? 0)
  return String(sum % 10)
}

/** Whether a field and its digit agree; an empty field may carry a filler for its digit. */
export const agrees = (field: string, digit: string): boolean =>
  checkDigit(field) === digit || (digit === '<' && /^<*$/.test(field))
