import type { StampCorner } from '#shared/ports/mailPress.ts'
import type { Raster } from '../scan/pages.ts'

/** Where a stamp stands on the page as its reader sees it, in points from the upper left corner of what is visible. */
export interface Place {
  readonly corner: StampCorner
  readonly left: number
  readonly top: number
  /** 1 for a stamp of its own size. */
  readonly scale: number
}

interface Size {
  readonly width: number
  readonly height: number
}

/** From the edge of the page, in points: printers leave as much blank. */
const margin = 23
/** A stamp is never smaller than this share: its code would not be read any more. */
export const leastScale = 0.55
const scales = [1, 0.8, 0.65, leastScale] as const
/** Blank that stays round a stamp, in points. */
const air = 4
/** Ink is what is so much darker than white, of 255. */
const inkContrast = 40
/** As clerks stamp: the upper right corner first. */
const corners: readonly StampCorner[] = ['topRight', 'topLeft', 'bottomRight', 'bottomLeft']

/**
 * Finds where no ink is: in a corner, else beside it within its quarter of the page, else the same for a smaller stamp;
 * where there is ink everywhere, the corner with least of it. Nothing where a page is smaller than a stamp can be.
 * @param page what its reader sees, in points
 * @param picture of all of it, at a low resolution
 * @param wanted the corner that somebody chose: the stamp stands there, whatever is below it
 */
export function findPlace(page: Size, stamp: Size, picture: Raster, wanted?: StampCorner): Place | undefined {
  const fitting = scales.map((scale) => scale * fitOf(page, stamp)).filter((scale) => scale >= leastScale)
  if (fitting.length === 0) return undefined
  const ink = inkOf(picture)
  const perPoint = picture.dpi / 72
  const inkAt = (left: number, top: number, scale: number): number =>
    ink(
      (left - air) * perPoint,
      (top - air) * perPoint,
      (left + stamp.width * scale + air) * perPoint,
      (top + stamp.height * scale + air) * perPoint,
    )
  const among = wanted === undefined ? corners : [wanted]
  for (const scale of fitting) {
    const inCorners = among.map((corner) => inCorner(corner, page, stamp, scale))
    const free = inCorners.find(({ left, top }) => inkAt(left, top, scale) === 0)
    if (free !== undefined) return free
    for (const corner of among) {
      const beside = nearCorner(corner, page, stamp, scale).find(({ left, top }) => inkAt(left, top, scale) === 0)
      if (beside !== undefined) return beside
    }
  }
  const smallest = fitting.at(-1) ?? 1
  const scored = among
    .map((corner) => inCorner(corner, page, stamp, smallest))
    .map((place) => ({ place, ink: inkAt(place.left, place.top, place.scale) }))
  return scored.sort((one, other) => one.ink - other.ink)[0]?.place
}

/** What is left of a margin on a page that is hardly larger than a stamp. */
const marginOn = (page: Size): number => Math.min(margin, Math.min(page.width, page.height) * 0.04)

const fitOf = (page: Size, stamp: Size): number => {
  const around = 2 * marginOn(page)
  return Math.min(1, (page.width - around) / stamp.width, (page.height - around) / stamp.height)
}

function inCorner(corner: StampCorner, page: Size, stamp: Size, scale: number): Place {
  const edge = marginOn(page)
  return {
    corner,
    scale,
    left: corner.endsWith('Left') ? edge : page.width - edge - stamp.width * scale,
    top: corner.startsWith('top') ? edge : page.height - edge - stamp.height * scale,
  }
}

/** Places in the quarter of a corner, nearest first. */
function nearCorner(corner: StampCorner, page: Size, stamp: Size, scale: number): readonly Place[] {
  const step = 8
  const from = inCorner(corner, page, stamp, scale)
  const places: (Place & { readonly away: number })[] = []
  const [across, down] = [corner.endsWith('Left') ? 1 : -1, corner.startsWith('top') ? 1 : -1]
  const [width, height] = [page.width / 2, page.height / 2].map((half, at) =>
    Math.max(0, half - marginOn(page) - (at === 0 ? stamp.width : stamp.height) * scale),
  )
  for (let y = 0; y <= (height ?? 0); y += step)
    for (let x = 0; x <= (width ?? 0); x += step)
      places.push({ ...from, left: from.left + across * x, top: from.top + down * y, away: x * x + y * y })
  return places.sort((one, other) => one.away - other.away).map(({ away: _, ...place }) => place)
}

/**
 * The number of inked pixels in any rectangle of a picture, by sums that are made once. A speck of a pixel alone counts
 * too: a dot may belong to a letter.
 */
function inkOf({ data, width, height }: Raster): (left: number, top: number, right: number, bottom: number) => number {
  const sums = new Uint32Array((width + 1) * (height + 1))
  const at = (x: number, y: number): number => sums[y * (width + 1) + x] ?? 0
  const white = paperOf(data)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      sums[(y + 1) * (width + 1) + x + 1] =
        at(x + 1, y) + at(x, y + 1) - at(x, y) + (white - (data[y * width + x] ?? 255) > inkContrast ? 1 : 0)
  const within = (value: number, most: number): number => Math.max(0, Math.min(most, value))
  return (left, top, right, bottom) => {
    const [x0, y0] = [within(Math.floor(left), width), within(Math.floor(top), height)]
    const [x1, y1] = [within(Math.ceil(right), width), within(Math.ceil(bottom), height)]
    return at(x1, y1) - at(x0, y1) - at(x1, y0) + at(x0, y0)
  }
}

/** The tone of the paper: nine of ten pixels of a letter are darker or as dark. */
function paperOf(data: Uint8Array): number {
  const counts = new Uint32Array(256)
  for (const tone of data) counts[tone] = (counts[tone] ?? 0) + 1
  let seen = 0
  for (let tone = 255; tone > 0; tone -= 1) {
    seen += counts[tone] ?? 0
    if (seen > data.length * 0.3) return tone
  }
  return 255
}
