import { registerLetters, registerNumber, type CounterId, type RegisterName, type RegisterNumber } from '../ids.ts'

/** A register number, taken apart: `2026/RAB03-M1/A-000123-S2`. */
export interface NumberParts {
  /** Of the legal time of the office, when the number was given. */
  readonly year: number
  /** `RAB03` */
  readonly office: string
  /** `M1`, inside its office. */
  readonly counter: string
  readonly register: RegisterName
  /** The place in its register of that counter and year, from 1. */
  readonly rank: number
  /** 1, or which series of this counter it is when an earlier one had to be closed. */
  readonly series: number
}

/** Writes a number of a register (requests unless another one is named), in the series that is open. */
export function formatRegisterNumber(
  year: number,
  counter: CounterId,
  rank: number,
  { register = 'requests', series = 1 }: { readonly register?: RegisterName; readonly series?: number } = {},
): RegisterNumber {
  const letter = registerLetters[register]
  const before = letter === '' ? '' : `${letter}-`
  const after = series === 1 ? '' : `-S${String(series)}`
  // Of the form of its brand by construction.
  return `${String(year)}/${counter}/${before}${String(rank).padStart(6, '0')}${after}` as RegisterNumber
}

const grammar =
  /^(?<year>\d{4})\/(?<office>[A-Z0-9]+)-(?<counter>[A-Z]\d+)\/(?:(?<letter>[A-Z])-)?(?<rank>\d+)(?:-S(?<series>\d+))?$/

/** Takes a number apart; nothing when a text is none. What it gives is written back to the same text. */
export function parseRegisterNumber(text: string): NumberParts | undefined {
  const { year, office, counter, letter = '', rank, series = '1' } = grammar.exec(text)?.groups ?? {}
  const register = names.get(letter)
  return registerNumber.safeParse(text).success && office !== undefined && counter !== undefined && register
    ? { year: Number(year), office, counter, register, rank: Number(rank), series: Number(series) }
    : undefined
}

const names = new Map(
  Object.entries(registerLetters).map(([name, letter]): [string, RegisterName] => [letter, name as RegisterName]), // its own names
)

/** The counter whose series a number is of: `RAB03-G2`. */
export const counterOfNumber = ({ office, counter }: NumberParts): CounterId => `${office}-${counter}` as CounterId // as parsed
