import type { LetterReading } from '#shared/domain/mail/proposal/reading.ts'
import { fold } from '#shared/text/fold.ts'
import type { Field, LetterCase } from './letterCorpus.ts'

/** How many letters must be changed to make one text of another (Levenshtein 1966). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at]
    for (let to = 1; to <= other.length; to += 1)
      next.push(
        Math.min(
          (row[to] ?? 0) + 1,
          (next[to - 1] ?? 0) + 1,
          (row[to - 1] ?? 0) + (one[at - 1] === other[to - 1] ? 0 : 1),
        ),
      )
    row = next
  }
  return row[other.length] ?? 0
}

const letters = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
/** A letter in twenty may be misread where people read over it; numbers and days must be right. */
const tolerance: Readonly<Record<Field, number>> = { sender: 0.06, subject: 0.06, reference: 0, date: 0 }

const isSame = (field: Field, value: string, wanted: string): boolean => {
  if (field === 'date') return value === wanted
  const [one, other] = [letters(value), letters(wanted)]
  return distance(one, other) <= tolerance[field] * other.length
}

/** What became of one field: right, not proposed, or proposed wrongly, and then as sure or as a guess. */
export type Outcome = 'right' | 'absent' | 'guessedWrong' | 'sureWrong'

/** Compares what was proposed with what a clerk would write; a field that a letter does not have may be guessed, not claimed. */
export function scoreOf({ expect }: LetterCase, { proposals }: LetterReading): Readonly<Record<Field, Outcome>> {
  const outcome = (field: Field): Outcome => {
    const [found, wanted] = [proposals[field], expect[field]]
    const isSure = (found?.confidence ?? 0) >= 0.5
    if (wanted === undefined) return isSure ? 'sureWrong' : 'right'
    if (found === undefined) return 'absent'
    return isSame(field, found.value, wanted) ? 'right' : isSure ? 'sureWrong' : 'guessedWrong'
  }
  return {
    sender: outcome('sender'),
    reference: outcome('reference'),
    date: outcome('date'),
    subject: outcome('subject'),
  }
}

/** Right fields of some letters. */
export const rightOf = (scores: readonly Readonly<Record<Field, Outcome>>[]): Readonly<Record<Field, number>> => {
  const right = (field: Field): number => scores.filter((score) => score[field] === 'right').length
  return { sender: right('sender'), reference: right('reference'), date: right('date'), subject: right('subject') }
}
