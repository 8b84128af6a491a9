import type { RollDots, TicketRaster } from '#shared/ports/ticketPrinter.ts'
import type { Pixels } from '../scan/pdfium.ts'

/** Darker than this burns a dot: strokes of letters keep their width, their soft edges are gone. Nothing is dithered. */
const threshold = 160
/** Blank rows that stay under the last ink; the knife has its own way to go. */
const foot = 8

/**
 * A grey picture of a ticket as dots: its blank end is left out, and its width is that of the roll.
 * @param picture about as wide as the roll
 */
export function ticketRasterOf({ data, width, height }: Pixels, dots: RollDots): TicketRaster {
  let last = data.length - 1
  while (last > 0 && (data[last] ?? 255) >= threshold) last -= 1
  const rows = Math.min(height, Math.floor(last / width) + 1 + foot)
  const bits = new Uint8Array((dots / 8) * rows)
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < Math.min(width, dots); x += 1)
      if ((data[y * width + x] ?? 255) < threshold) {
        const at = y * (dots / 8) + (x >> 3)
        bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
      }
  return { width: dots, height: rows, bits }
}
