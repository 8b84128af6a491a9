import type { CounterId, RegisterNumber } from '../ids.ts'

/** `2026/RAB03-G2/000001` (product.md, Numbers): the year is part of the number. */
export function formatRegisterNumber(year: number, counter: CounterId, sequence: number): RegisterNumber {
  return `${String(year)}/${counter}/${String(sequence).padStart(6, '0')}` as RegisterNumber
}
