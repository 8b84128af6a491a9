import { z } from 'zod'
import { faultOf } from '../../fault.ts'
import { err, ok, type Result } from '../../result.ts'
import { withoutControls } from '../receipt/receiptText.ts'

/**
 * The letters that our fonts have, as ascending ranges of code points, both ends included
 * (`resources/fonts/coverage.json`, written from the fonts by `npm run fonts`).
 */
export const coverage = z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()])).min(1)
export type Coverage = z.infer<typeof coverage>

/** Whether a code point lies in one of the ranges. */
export function covers(ranges: Coverage, codePoint: number): boolean {
  let [from, to] = [0, ranges.length - 1]
  while (from <= to) {
    const middle = (from + to) >> 1
    const [first, last] = ranges[middle] ?? [0, -1]
    if (codePoint < first) to = middle - 1
    else if (codePoint > last) from = middle + 1
    else return true
  }
  return false
}

/** The letters of a text that have no shape, each once; half a surrogate pair is one. Controls of direction need none. */
export const lettersWithout = (text: string, has: (codePoint: number) => boolean): readonly string[] =>
  [...new Set(withoutControls(text))].filter((letter) => !has(letter.codePointAt(0) ?? 0))

/** Fault `receipt.glyphMissing`, naming the letters, when a text cannot be printed whole. */
export function checkLetters(text: string, has: (codePoint: number) => boolean): Result<void> {
  const missing = lettersWithout(text, has)
  const codes = missing.map((letter) => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
  return missing.length === 0
    ? ok(undefined)
    : err(faultOf('receipt.glyphMissing', codes.join(' '), { letters: missing.join(' ') }))
}

/** All that a document says, as one text. */
export function wordsIn(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? Object.values(value).map(wordsIn).join(' ') : ''
}

/** Ascending code points as ranges. */
export function rangesOf(letters: readonly number[]): Coverage {
  const ranges: Coverage = []
  for (const letter of letters) {
    const last = ranges.at(-1)
    if (last !== undefined && last[1] === letter - 1) last[1] = letter
    else ranges.push([letter, letter])
  }
  return ranges
}
