import { agrees } from './checkDigit.ts'

type Part = readonly [from: number, to: number]
/** What check digits cover inside one line, each digit right behind its field, and the last line's composite. */
const covered: Readonly<Record<number, readonly Part[]>> = {
  30: [[5, 14]],
  36: [
    [0, 9],
    [13, 19],
    [21, 27],
  ],
  44: [
    [0, 9],
    [13, 19],
    [21, 27],
    [28, 42],
  ],
}
const composites: Readonly<Record<number, readonly Part[]>> = {
  36: [
    [0, 10],
    [13, 20],
    [21, 35],
  ],
  44: [
    [0, 10],
    [13, 20],
    [21, 43],
  ],
}

/**
 * How many check digits of one line of a zone agree, of those that are inside the line: of two readings of the same keys
 * the one with more is what was meant.
 */
export function agreeingDigits(line: string): number {
  const fields = (covered[line.length] ?? []).filter(([from, to]) => agrees(line.slice(from, to), line.charAt(to)))
  const whole = composites[line.length]
  const composite =
    whole !== undefined &&
    agrees(whole.map(([from, to]) => line.slice(from, to)).join(''), line.charAt(line.length - 1))
  return fields.length + (composite ? 1 : 0)
}
