import type { Json } from '../canonical.ts'
import type { LetterDraft } from './letter.ts'

/** What the digest of a line is taken over: the line as it was registered, with the hashes of its files. */
export const letterContent = (line: {
  readonly number: string
  readonly registeredAt: string
  readonly letter: LetterDraft
  readonly files: readonly string[]
}): Json => ({
  number: line.number,
  registeredAt: line.registeredAt,
  // A shape of strings, numbers and lists of such.
  letter: line.letter as unknown as Json,
  files: line.files,
})
