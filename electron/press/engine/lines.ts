import { forShaper, joinedCut, visualOrder } from './bidi.ts'
import { type Inline, Line } from './pdfmake.ts'

/** Letters with the marks on them: a word that is wider than its column is cut between two of these. */
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/**
 * Takes the next line of a paragraph, in logical order. A word moves to the next line whole; one that is wider than the
 * whole line, and a number that is never broken elsewhere, is cut where the line is full, since nothing may be drawn
 * beyond its column.
 * @param inlines what is left of the paragraph, in logical order: what is taken is removed
 * @param width of the column, in points
 */
export function takeLine(inlines: Inline[], width: number): { readonly line: Line; readonly cut: boolean } {
  const line = new Line(width)
  let cutHere = false
  for (let word = wordAt(inlines); word.length > 0; word = wordAt(inlines)) {
    const fits = widthWith(line, word) <= width
    if (!fits && line.inlines.length > 0) break
    if (!fits) {
      takeCut(line, inlines, width)
      cutHere = true
      break
    }
    for (const inline of inlines.splice(0, word.length)) line.addInline(inline)
    if (word.at(-1)?.lineEnd === true) break
  }
  line.lastLineInParagraph = inlines.length === 0
  return { line, cut: cutHere }
}

/** The pieces of the first word: several where its letters are of several fonts or directions. */
function wordAt(inlines: readonly Inline[]): readonly Inline[] {
  const last = inlines.findIndex(({ noNewLine, lineEnd }) => noNewLine !== true || lineEnd === true)
  return inlines.slice(0, last < 0 ? inlines.length : last + 1)
}

const widthWith = (line: Line, word: readonly Inline[]): number => {
  const leading = line.inlines.length === 0 ? (word[0]?.leadingCut ?? 0) : line.leadingCut
  return word.reduce((sum, inline) => sum + inline.width, line.inlineWidths) - leading - (word.at(-1)?.trailingCut ?? 0)
}

/** Fills an empty line with the beginning of a word that is wider than it; what is left of the word stays. */
function takeCut(line: Line, inlines: Inline[], width: number): void {
  for (let next = inlines[0]; next !== undefined; next = inlines[0]) {
    const room = width - line.inlineWidths
    if (next.width <= room) {
      line.addInline(next)
      inlines.shift()
      continue
    }
    const [head, tail] = cut(next, room, line.inlines.length === 0)
    if (head !== undefined) line.addInline(head)
    if (tail === undefined) inlines.shift()
    else inlines[0] = tail
    return
  }
}

/** The longest beginning of a piece that has room, and the rest. @param some at least one letter, or no line would end */
function cut(
  inline: Inline,
  room: number,
  some: boolean,
): readonly [head: Inline | undefined, tail: Inline | undefined] {
  const ends = [...graphemes.segment(inline.text)].map(({ index, segment }) => index + segment.length)
  let [from, to] = [some ? 1 : 0, ends.length]
  while (from < to) {
    const middle = (from + to + 1) >> 1
    const [head] = joinedCut(inline.text, ends[middle - 1] ?? 0)
    if (widthOf(inline, head) <= room) from = middle
    else to = middle - 1
  }
  const at = ends[from - 1] ?? 0
  if (at === 0) return [undefined, inline]
  const [head, tail] = joinedCut(inline.text, at)
  return [part(inline, head), at === inline.text.length ? undefined : part(inline, tail)]
}

const part = (inline: Inline, text: string): Inline => ({
  ...inline,
  text,
  width: widthOf(inline, text),
  leadingCut: 0,
  trailingCut: 0,
})

const widthOf = ({ font, fontSize, level = 0 }: Inline, text: string): number =>
  font.widthOfString(forShaper(text, level), fontSize)

/** Puts the pieces of a line from logical in visual order; alignment is computed after it and stays right. */
export function setInVisualOrder(line: Line): void {
  const last = line.inlines.at(-1)
  const first = line.inlines[0]
  if (last === undefined || first === undefined) return
  last.text = last.text.replace(/ +$/u, '')
  first.text = first.text.replace(/^ +/u, '')
  line.inlines = visualOrder(line.inlines)
  let x = 0
  for (const inline of line.inlines) {
    inline.text = forShaper(inline.text, inline.level ?? 0)
    inline.width = inline.font.widthOfString(inline.text, inline.fontSize)
    inline.x = x
    inline.leadingCut = 0
    inline.trailingCut = 0
    x += inline.width
  }
  line.inlineWidths = x
  line.leadingCut = 0
  line.trailingCut = 0
}
