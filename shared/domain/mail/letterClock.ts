import { lastDay, type Holidays } from '../clock/deadline.ts'
import type { LetterDraft } from './letter.ts'

/** The last day that a law gives to answer a letter, and the short name of that law. */
export interface LetterClock {
  readonly lastDay: string
  readonly source: string
}

/**
 * What starts a clock of its own when it arrives, by the kind of the usual list. Access to information (law 31-13):
 * 20 working days, 3 where it is urgent; complaints (decree 2-17-265): treated within two months, here 60 days.
 * A request under law 55-19 has its clock from its deposit, not from its letter.
 */
export function clockOfLetter(letter: LetterDraft, holidays: Holidays): LetterClock | undefined {
  if (letter.register !== 'arrival') return undefined
  if (letter.kind === 'information') {
    const days = letter.urgency === 'normal' ? 20 : 3
    return { lastDay: lastDay(letter.receivedOn, { days, unit: 'working' }, holidays), source: 'loi 31-13' }
  }
  return letter.kind === 'complaint'
    ? { lastDay: lastDay(letter.receivedOn, { days: 60, unit: 'calendar' }, holidays), source: 'décret 2-17-265' }
    : undefined
}
