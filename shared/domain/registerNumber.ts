import type { CounterId, RegisterNumber } from '../ids.ts'

/**
 * `2026/RAB03-G2/000001` (product.md, Numbers): the year is part of the number.
 * @param series 1, or which series of this counter it is when an earlier one had to be closed
 *   (`2026/RAB03-G2/000042-S2`)
 */
export function formatRegisterNumber(year: number, counter: CounterId, sequence: number, series = 1): RegisterNumber {
  const suffix = series === 1 ? '' : `-S${String(series)}`
  return `${String(year)}/${counter}/${String(sequence).padStart(6, '0')}${suffix}` as RegisterNumber
}
