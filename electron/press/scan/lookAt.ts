import type { Raster } from './pages.ts'
import { shrunk } from './shrunk.ts'
import { spotsOf, type Spot } from './spots.ts'

/** What the eye sees of a page before anything on it is read. */
export interface Look {
  /** Nothing is on it but the shadow of an edge, holes, or what shines through from the other side. */
  readonly blank: boolean
  /** It bears the row of black squares of a separator (`separatorMark`). */
  readonly marked: boolean
}

/**
 * The mark of a separator: twelve black squares, six along its upper edge and six along its lower one. In millimetres
 * on A4; no letter has as many of one size, and they are seen when no code can be read any more.
 */
export const separatorMark = { side: 12, perRow: 6 } as const
/** A test chart or a chessboard has many more of them. */
const squares = { least: 8, most: 14 } as const
/** The shorter side of the paper that separators are printed on (ISO 216 A4), in millimetres. */
const paper = 210

/** Dots per inch at which ink is looked for: a stroke of a pen is a pixel wide. */
const inkDpi = 75
/** How much darker than the paper ink is, of 255: what shines through from the back is at most half as dark. */
const inkContrast = 44
/** Ink of fewer pixels is dust; of fewer altogether, a blank page. A page number has 15. */
const [dust, leastInk] = [4, 12]
/** What lies in this margin is the shadow of the edge; holes lie in the wider one. In millimetres. */
const [shadow, punched] = [4, 22]

/** Looks at a page at any resolution of 75 dpi and more. */
export function lookAt(page: Raster): Look {
  const small = shrunk(page, Math.max(1, Math.round(page.dpi / inkDpi)))
  const paperTone = toneOf(small)
  const perMm = small.dpi / 25.4
  const ink = spotsOf(small, (tone) => paperTone - tone > inkContrast)
  const seen = ink.filter(
    (spot) => spot.count >= dust && !isShadow(spot, small, shadow * perMm) && !isHole(spot, small, perMm),
  )
  return {
    // A photograph or a dark cover is no blank page, however even it is.
    blank: paperTone > 128 && seen.reduce((sum, spot) => sum + spot.count, 0) < leastInk,
    marked: isMarked(small, paperTone),
  }
}

/** Twelve squares of one size: counted among what is very dark, so that grey tables are not looked at. */
function isMarked(page: Raster, paperTone: number): boolean {
  const dark = spotsOf(page, (tone) => tone < paperTone * 0.5)
  const shorter = Math.min(page.width, page.height)
  // On a sheet that was scanned whole, or on a larger one; the scale may be off by a fifth.
  const expected = [(separatorMark.side / paper) * shorter, (separatorMark.side / 25.4) * page.dpi]
  return expected.some((side) => {
    const found = dark.filter(({ count, left, right, top, bottom }) => {
      const [w, h] = [right - left + 1, bottom - top + 1]
      // A square that is turned by some degrees fills less of its box.
      const filled = count / (w * h)
      return w > side * 0.85 && w < side * 1.28 && h > side * 0.85 && h < side * 1.28 && filled > 0.62
    }).length
    return found >= squares.least && found <= squares.most
  })
}

const isShadow = ({ left, right, top, bottom }: Spot, { width, height }: Raster, edge: number): boolean =>
  right < edge || bottom < edge || left > width - 1 - edge || top > height - 1 - edge

/** The hole of a punch (ISO 838: 6 mm), black where the lid of the scanner is. */
function isHole({ count, left, right, top, bottom }: Spot, { width, height }: Raster, perMm: number): boolean {
  const [w, h] = [right - left + 1, bottom - top + 1]
  const inMargin = [left, top, width - 1 - right, height - 1 - bottom].some((from) => from < punched * perMm)
  const size = [w, h].every((side) => side > 4 * perMm && side < 8 * perMm)
  return inMargin && size && Math.abs(w - h) <= perMm && count / (w * h) > 0.7
}

/** The tone of the paper: what most pixels are about. */
function toneOf({ data }: Raster): number {
  const counts = new Uint32Array(256)
  for (const tone of data) counts[tone] = (counts[tone] ?? 0) + 1
  let seen = 0
  for (let tone = 255; tone > 0; tone -= 1) {
    seen += counts[tone] ?? 0
    if (seen >= data.length / 2) return tone
  }
  return 0
}
