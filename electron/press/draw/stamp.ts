import type { ReceiptDocument } from '#shared/domain/receipt/receiptDocument.ts'
import type { Fonts } from '../engine/fonts.ts'
import { drawBent, drawStraight, outlineOf, type OutlinedLine } from '../engine/outline.ts'

const ink = '#1f3f8f'

/**
 * Draws the round stamp of the office, all in vectors: Arabic name on the upper arc, French on the lower, day and
 * counter across the middle, slightly turned as a hand would.
 * @param centre in points
 * @param radius of the outer ring, in points
 */
export function drawStamp(
  page: PDFKit.PDFDocument,
  stamp: ReceiptDocument['stamp'],
  centre: { readonly x: number; readonly y: number },
  radius: number,
  fonts: Fonts,
): void {
  const arcRadius = radius * 0.76
  /** The size at which a line fills at most its share of the ring. */
  const fit = (line: OutlinedLine, room: number, largest: number): number =>
    Math.min(largest, (room * 1000) / Math.max(1, line.width))
  page.save().rotate(-7, { origin: [centre.x, centre.y] })
  page.lineWidth(1.3).circle(centre.x, centre.y, radius).stroke(ink)
  page
    .lineWidth(0.5)
    .circle(centre.x, centre.y, radius - 2.4)
    .stroke(ink)
  page
    .lineWidth(0.5)
    .circle(centre.x, centre.y, radius * 0.64)
    .stroke(ink)

  const arabic = outlineOf(stamp.office.ar, 'rtl', 'bold', fonts)
  const french = outlineOf(stamp.office.fr.toLocaleUpperCase('fr'), 'ltr', 'bold', fonts)
  const halfRing = Math.PI * arcRadius * 0.86
  drawBent(page, arabic, { ...centre, radius: arcRadius - 0.4, side: 'top' }, fit(arabic, halfRing, radius * 0.19), ink)
  const frenchSize = fit(french, halfRing, radius * 0.13)
  drawBent(page, french, { ...centre, radius: arcRadius + frenchSize * 0.62, side: 'bottom' }, frenchSize, ink)
  for (const side of [-1, 1]) drawStar(page, centre.x + side * arcRadius * 1.06, centre.y, radius * 0.055)

  const across = radius * 1.08
  const centred = (text: string, base: 'rtl' | 'ltr', y: number, largest: number): void => {
    const line = outlineOf(text, base, 'bold', fonts)
    const size = fit(line, across, largest)
    drawStraight(page, line, centre.x - (line.width * size) / 2000, centre.y + y, size, ink)
  }
  centred(stamp.counter.ar, 'rtl', -radius * 0.2, radius * 0.19)
  centred(stamp.day, 'ltr', radius * 0.1, radius * 0.24)
  centred(stamp.counter.fr, 'ltr', radius * 0.34, radius * 0.14)
  page.restore()
}

/** The eight-pointed star of two squares. */
function drawStar(page: PDFKit.PDFDocument, x: number, y: number, radius: number): void {
  const side = radius * Math.SQRT2
  for (const angle of [0, 45]) {
    page
      .save()
      .rotate(angle, { origin: [x, y] })
      .rect(x - side / 2, y - side / 2, side, side)
      .fill(ink)
      .restore()
  }
}
