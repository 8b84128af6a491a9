import { agrees } from './checkDigit.ts'

/** Letters that an OCR engine writes for digits, in places where only digits may stand. */
const digitFor: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  Z: '2',
  S: '5',
  G: '6',
  B: '8',
}

/** Pairs that look alike and that a check digit tells apart (6/G do not differ modulo 10, so they are left alone). */
const lookAlike: Readonly<Record<string, string>> = {
  O: '0',
  '0': 'O',
  I: '1',
  '1': 'I',
  B: '8',
  '8': 'B',
  S: '5',
  '5': 'S',
  Z: '2',
  '2': 'Z',
}

/** A field of digits (and fillers) with letters that cannot stand there read as the digits they resemble. */
export const digitsOnly = (field: string): string =>
  [...field].map((character) => digitFor[character] ?? character).join('')

/** Digits that an OCR engine writes for letters, in places where only letters may stand. */
const letterFor: Readonly<Record<string, string>> = { 0: 'O', 1: 'I', 2: 'Z', 5: 'S', 6: 'G', 8: 'B' }

/** A field of letters (and fillers) with digits that cannot stand there read as the letters they resemble. */
export const lettersOnly = (field: string): string =>
  [...field].map((character) => letterFor[character] ?? character).join('')

/** A name field whose fillers at the end were read as letters K, three or more: fillers again. */
export function withoutReadFillers(field: string): string {
  const [tail = ''] = /[K<]*$/.exec(field) ?? []
  return tail.includes('KKK') ? field.slice(0, field.length - tail.length).padEnd(field.length, '<') : field
}

/**
 * Reads an alphanumeric field again with one look-alike exchanged, so that its check digit agrees. Undefined when none
 * or
 * more than one exchange does: nothing is guessed, and with two doubts a one-in-ten digit would prove nothing.
 * @param proves whether the check digit that covers the field agrees with a candidate
 */
export function repairField(field: string, proves: (candidate: string) => boolean): string | undefined {
  if (proves(field)) return field
  const proved = withOneDoubt(field).filter(proves)
  return proved.length === 1 ? proved[0] : undefined
}

const withOneDoubt = (field: string): string[] =>
  [...field].flatMap((character, at) => {
    const other = lookAlike[character]
    return other === undefined ? [] : [field.slice(0, at) + other + field.slice(at + 1)]
  })

/** Whether a field of six digits and its digit agree after digit repair; both repaired. */
export function repairDigits(
  field: string,
  digit: string,
): { readonly field: string; readonly digit: string; readonly ok: boolean } {
  const repaired = { field: digitsOnly(field), digit: digitsOnly(digit) }
  return { ...repaired, ok: agrees(repaired.field, repaired.digit) }
}
