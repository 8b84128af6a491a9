import { forShaper, runsOf, visualOrder } from './bidi.ts'
import type { Fonts, Weight } from './fonts.ts'

/**
 * One letter shape as a vector path in units of a thousandth of an em, y upwards, at `x` from the start of the line.
 */
export interface Outline {
  readonly path: string
  readonly x: number
  readonly y: number
  readonly advance: number
}

/** A line as drawing, in visual order from left to right: for what is turned or bent and is no text to be copied. */
export interface OutlinedLine {
  readonly width: number
  readonly outlines: readonly Outline[]
}

/** Draws a single line as outlines. */
export function outlineOf(text: string, base: 'rtl' | 'ltr', weight: Weight, fonts: Fonts): OutlinedLine {
  const outlines: Outline[] = []
  let width = 0
  for (const run of visualOrder(runsOf(text, base, fonts))) {
    const shaper = fonts.shaper(run.font, weight)
    const scale = 1000 / shaper.unitsPerEm
    const shaped = shaper.layout(forShaper(run.text, run.level))
    shaped.glyphs.forEach((glyph, at) => {
      const position = shaped.positions[at] ?? { xAdvance: 0, xOffset: 0, yOffset: 0 }
      const advance = position.xAdvance * scale
      outlines.push({
        path: glyph.path.toSVG(),
        x: width + position.xOffset * scale,
        y: position.yOffset * scale,
        advance,
      })
      width += advance
    })
  }
  return { width, outlines }
}

/** How wide a text is on one line, in points. */
export const widthOf = (text: string, size: number, weight: Weight, fonts: Fonts): number =>
  (outlineOf(text, 'ltr', weight, fonts).width * size) / 1000

/** The largest size at which the lines of a text are at most so long together, in points. */
export const sizeWithin = (
  text: string,
  room: number,
  size: { readonly largest: number; readonly smallest: number },
  weight: Weight,
  fonts: Fonts,
): number =>
  Math.max(size.smallest, Math.min(size.largest, (room / widthOf(text, size.largest, weight, fonts)) * size.largest))

/** Draws a line along the baseline from (x, y), in points; turn the page before for a slanted one. */
export function drawStraight(
  page: PDFKit.PDFDocument,
  line: OutlinedLine,
  x: number,
  y: number,
  size: number,
  ink: string,
): void {
  const em = size / 1000
  for (const outline of line.outlines) {
    page
      .save()
      .translate(x + outline.x * em, y - outline.y * em)
      .scale(em, -em)
      .path(outline.path)
      .fill(ink)
      .restore()
  }
}

/**
 * Bends a line round a centre, in points, its middle at the top (letters outwards) or at the bottom (letters inwards,
 * so that both read upright).
 * @param radius of the baseline
 */
export function drawBent(
  page: PDFKit.PDFDocument,
  line: OutlinedLine,
  ring: { readonly x: number; readonly y: number; readonly radius: number; readonly side: 'top' | 'bottom' },
  size: number,
  ink: string,
): void {
  const em = size / 1000
  const turn = ring.side === 'top' ? 1 : -1
  for (const outline of line.outlines) {
    const middle = (outline.x + outline.advance / 2 - line.width / 2) * em
    const angle = (turn * middle * 180) / (Math.PI * ring.radius)
    page
      .save()
      .translate(ring.x, ring.y)
      .rotate(angle)
      .translate((-outline.advance / 2) * em, -turn * ring.radius - outline.y * em)
      .scale(em, -em)
      .path(outline.path)
      .fill(ink)
      .restore()
  }
}
