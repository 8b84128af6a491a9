import { type LaidPage, type Line, type PageItem } from './pdfmake.ts'

/** Rounding of what is measured word by word, in points: far less than a hair. */
const tolerance = 0.5
/** Lines of one paragraph are set so close that the room of their marks overlaps. */
const overlap = 1.5

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What a paper must keep to: the room of a page in points, the lines that were made for it, and its pages. */
interface Wanted {
  readonly width: number
  readonly height: number
  readonly lines: number
  readonly pages: number
}

/**
 * Looks at laid pages: every line is there, inside its column and its page, and none lies on another.
 * @returns what is wrong, without a word of the paper; nothing when all is well
 */
export function misfitOf(pages: readonly LaidPage[], wanted: Wanted): string | undefined {
  if (pages.length !== wanted.pages) return `${String(pages.length)} pages`
  const drawn = pages.map(({ items }) => items.flatMap((item) => (isLine(item) ? [item.item] : [])))
  const present = new Set(drawn.flat().map(({ serial }) => serial))
  if (present.size < wanted.lines) return `${String(wanted.lines - present.size)} lines on no page`
  for (const [at, ofPage] of drawn.entries()) {
    const boxes = ofPage.map(boxOf)
    const page = `page ${String(at + 1)}`
    if (ofPage.some((line) => line.getWidth() > line.maxWidth + tolerance)) return `${page}: wider than its column`
    if (boxes.some((box) => outside(box, wanted))) return `${page}: outside`
    if (boxes.some((box, index) => boxes.slice(0, index).some((other) => collide(box, other))))
      return `${page}: one over another`
  }
  return undefined
}

const isLine = (item: PageItem): item is { readonly type: 'line'; readonly item: Line } => item.type === 'line'

const boxOf = (line: Line): Box => ({
  x: line.x ?? 0,
  y: line.y ?? 0,
  width: line.getWidth(),
  height: line.getHeight(),
})

const outside = ({ x, y, width, height }: Box, page: { readonly width: number; readonly height: number }): boolean =>
  x < -tolerance || y < -tolerance || x + width > page.width + tolerance || y + height > page.height + tolerance

const collide = (one: Box, other: Box): boolean =>
  Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x) > overlap &&
  Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y) > overlap
