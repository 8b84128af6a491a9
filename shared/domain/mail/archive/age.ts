import { fates, type ArchiveClass, type Fate } from './classPlan.ts'

/** What the age of a letter depends on. */
export interface AgedLetter {
  /** The ISO day on which it was dealt with; nothing while it is open. */
  readonly closedOn: string | undefined
  readonly class: ArchiveClass | undefined
}

/** The three ages of law 69-99, before them letters that are still worked on; `over` is to be transferred or destroyed. */
export type Age = 'open' | 'current' | 'intermediate' | 'over'

/** The first day of the year after so many whole years: years are counted from the end of the one in which it was closed. */
const firstDayAfter = (closedOn: string, years: number): string =>
  `${String(Number(closedOn.slice(0, 4)) + years + 1)}-01-01`

/** The ISO day from which a letter is intermediate, and the one from which its time is over; nothing while it is open. */
export function datesOf({
  closedOn,
  class: rule,
}: AgedLetter): { readonly intermediate: string; readonly over: string } | undefined {
  if (closedOn === undefined || rule === undefined) return undefined
  return {
    intermediate: firstDayAfter(closedOn, rule.active),
    over: firstDayAfter(closedOn, rule.active + rule.semiActive),
  }
}

/**
 * The age of a file: a letter with those that it answers and that answer it. They are kept together, so that it is as
 * young as its youngest; a letter without a class is never over.
 * @param file one letter at least
 * @param today ISO day
 */
export function ageOf(file: readonly AgedLetter[], today: string): Age {
  const dates = file.map(datesOf)
  if (file.some(({ closedOn }) => closedOn === undefined)) return 'open'
  if (dates.some((one) => one === undefined || today < one.intermediate)) return 'current'
  return dates.some((one) => one === undefined || today < one.over) ? 'intermediate' : 'over'
}

/** What becomes of a file whose time is over: what one of its letters is kept for, all of them are. */
export const fateOf = (file: readonly AgedLetter[]): Fate =>
  fates.find((one) => file.some((letter) => letter.class?.fate === one)) ?? 'keep'
