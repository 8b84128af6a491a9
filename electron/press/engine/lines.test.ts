import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runsOf } from './bidi.ts'
import { openFonts } from './fonts.ts'
import { takeLine } from './lines.ts'
import type { Inline } from './pdfmake.ts'

const fonts = openFonts(join(import.meta.dirname, '../../../resources'))

/** Words as pdfmake measures them, in 10 points. */
function inlinesOf(text: string, base: 'rtl' | 'ltr' = 'ltr'): Inline[] {
  const runs = runsOf(text, base, fonts)
  return runs.flatMap((run, at) => {
    const shaper = fonts.shaper(run.font, 'normal')
    const font = {
      widthOfString: (part: string, size: number) => (shaper.layout(part).advanceWidth / shaper.unitsPerEm) * size,
    }
    const words = run.noWrap === true ? [run.text] : (run.text.match(/\S+ *| +/gu) ?? [])
    return words.map((word, index): Inline => {
      const glued = index === words.length - 1 && at < runs.length - 1 && !word.endsWith(' ')
      const trailing = / +$/u.exec(word)?.[0] ?? ''
      const measured = { width: font.widthOfString(word, 10), trailingCut: font.widthOfString(trailing, 10) }
      return { text: word, x: 0, leadingCut: 0, font, fontSize: 10, level: run.level, noNewLine: glued, ...measured }
    })
  })
}

function linesOf(inlines: Inline[], width: number): readonly { readonly text: string; readonly width: number }[] {
  const lines: { text: string; width: number }[] = []
  while (inlines.length > 0) {
    const { line } = takeLine(inlines, width)
    lines.push({ text: line.inlines.map(({ text }) => text).join(''), width: line.getWidth() })
  }
  return lines
}
const texts = (text: string, width: number) => linesOf(inlinesOf(text), width).map((line) => line.text)

describe('the next line of a paragraph', () => {
  test('holds whole words, and a word with a space after it that ends beyond the edge', () => {
    expect(texts('one two three', 42)).toEqual(['one two ', 'three'])
  })

  test('a word that is wider than the line begins one and is cut there', () => {
    expect(texts('a WWWWWWWWWW b', 40)).toEqual(['a ', 'WWWW', 'WWWW', 'WW b'])
  })

  test('a letter keeps its marks, and a narrow column takes one letter a line', () => {
    expect(texts('ẖ̣ẖ̣', 1)).toEqual(['ẖ̣', 'ẖ̣'])
  })

  test('a word of several fonts is one word until it must be cut', () => {
    expect(texts('x abⵜⵏ', 24)).toEqual(['x ', 'abⵜⵏ'])
    expect(texts('abⵜⵏⵜⵏ', 24).join('')).toBe('abⵜⵏⵜⵏ')
  })

  test('a number that is never broken elsewhere is cut too when no line holds it', () => {
    expect(texts('\u2066123456789\u2069', 30).length).toBeGreaterThan(1)
  })
})

test('every letter is on a line, and no line is wider than its column', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'ابلهدWiméⵜⵏ10/-() \u2066\u2069\u200c\u00a0'), maxLength: 80 })
  fc.assert(
    fc.property(
      letters,
      fc.constantFrom('rtl' as const, 'ltr' as const),
      fc.integer({ min: 15, max: 200 }),
      (text, base, width) => {
        const inlines = inlinesOf(text, base)
        const whole = inlines.map((inline) => inline.text).join('')
        const lines = linesOf(inlines, width)
        expect(
          lines
            .map((line) => line.text)
            .join('')
            .replaceAll('\u200d', ''),
        ).toBe(whole)
        for (const line of lines) expect(line.width).toBeLessThanOrEqual(width + 0.5)
      },
    ),
  )
})
