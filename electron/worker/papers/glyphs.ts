import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkLetters, coverage, covers, lettersWithout, wordsIn } from '#shared/domain/papers/glyphs.ts'
import { checkRoom, longestText } from '#shared/domain/papers/room.ts'
import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import { receiptDocument } from '#shared/domain/receipt/receiptDocument.ts'
import receiptWords from '#shared/domain/receipt/receipt.json' with { type: 'json' }
import { receiptTemplate } from '#shared/domain/receipt/receiptTemplate.ts'
import type { Result } from '#shared/result.ts'

/** Whether a paper can be printed whole, asked before anything is committed. */
export interface GlyphCheck {
  /**
   * Faults: `receipt.glyphMissing` when a letter of the facts is in none of our fonts, `receipt.tooLong` when a text has
   * no room on a page.
   */
  readonly checkGlyphs: (facts: ReceiptFacts) => Result<void>
  /**
   * A text as it can be printed, for papers that list what came from outside: each letter without a shape is a question mark,
   * and what a page has no room for is cut, in sight. The line is in the register whole, and no letter that comes may stop
   * its closing.
   */
  readonly legible: (text: string) => string
}

/**
 * The check without the press: the words of the paper against the table of letters that was written from its fonts, and
 * against the room that any page has.
 * The table is read with the first question.
 */
export function openGlyphCheck(resourcesDir: string): GlyphCheck {
  const load = () => ({
    ranges: coverage.parse(JSON.parse(readFileSync(join(resourcesDir, 'fonts', 'coverage.json'), 'utf8'))),
    template: receiptTemplate.parse(receiptWords),
  })
  let loaded: ReturnType<typeof load> | undefined
  return {
    checkGlyphs: (facts) => {
      const { ranges, template } = (loaded ??= load())
      const document = receiptDocument(facts, template)
      const letters = checkLetters(wordsIn(document), (letter) => covers(ranges, letter))
      return letters.ok ? checkRoom(document) : letters
    },
    legible: (whole) => {
      const { ranges } = (loaded ??= load())
      const text = whole.length > longestText ? `${whole.slice(0, longestText - 1).replace(/\p{Cs}$/u, '')}…` : whole
      const missing = lettersWithout(text, (letter) => covers(ranges, letter))
      return missing.reduce((shown, letter) => shown.replaceAll(letter, '?'), text)
    },
  }
}
