import { z } from 'zod'
import { lastDay, type Holidays } from '../clock/deadline.ts'
import type { LetterDraft } from './letter.ts'

/** The days that a law gives to answer a letter, and the short name of that law. */
export const letterClock = z.strictObject({
  lastDay: z.iso.date(),
  source: z.string(),
  /** By when whoever wrote hears for the first time that it is looked at. */
  firstAnswer: z.iso.date().optional(),
  /** The last day where it was prolonged, which whoever wrote is told before the first one has passed. */
  prolonged: z.iso.date().optional(),
})
export type LetterClock = z.infer<typeof letterClock>

/**
 * What starts a clock of its own when it arrives, by the kind of the usual list. Access to information (law 31-13):
 * 20 working days, 3 where it is urgent, and once as many again; complaints (decree 2-17-265): followed up within 15 days,
 * treated within two months, here 60 days.
 * A request under law 55-19 has its clock from its deposit, not from its letter.
 */
export function clockOfLetter(letter: LetterDraft, holidays: Holidays): LetterClock | undefined {
  if (letter.register !== 'arrival') return undefined
  if (letter.kind === 'information') {
    const days = letter.urgency === 'normal' ? 20 : 3
    const after = (from: string): string => lastDay(from, { days, unit: 'working' }, holidays)
    const first = after(letter.receivedOn)
    return { lastDay: first, source: 'loi 31-13', prolonged: after(first) }
  }
  if (letter.kind !== 'complaint') return undefined
  const within = (days: number): string => lastDay(letter.receivedOn, { days, unit: 'calendar' }, holidays)
  return { lastDay: within(60), source: 'décret 2-17-265', firstAnswer: within(15) }
}
