import type { TicketRaster } from '#shared/ports/ticketPrinter.ts'

/**
 * The few commands of ESC/POS that a ticket takes (Epson, «ESC/POS Command Reference», by their names there). Everything
 * is drawn: no printer has the letters of both scripts.
 */
const [dle, esc, gs] = [0x10, 0x1b, 0x1d]

/** DLE EOT n: status in real time, answered even while the printer prints nothing. */
export const statusQuestion = (n: 1 | 2 | 4): Uint8Array => Uint8Array.of(dle, 0x04, n)

/** DLE DC4, function 8, with its fixed key: what was not printed yet is forgotten. */
export const clearBuffers = Uint8Array.of(dle, 0x14, 8, 1, 3, 20, 1, 6, 2, 8)

/** ESC @, and GS a 0: no status unasked. */
const begin = [esc, 0x40, gs, 0x61, 0]
/** ESC J n: feeds n dots, then GS V 66 n: feeds to the knife and cuts all but one point. */
const end = [esc, 0x4a, 16, gs, 0x56, 66, 0]
/** GS r 1: the sensor of the roll, answered in turn, which is when everything before it was printed. */
const done = [gs, 0x72, 1]

/** Rows of one GS v 0: small printers hold no more, and the count fits one byte. */
const bandRows = 128

/** A whole ticket: the picture in bands, the cut, and the question that is answered after it. */
export function ticketBytes({ width, height, bits }: TicketRaster): Uint8Array {
  const across = width / 8
  const picture = harmless(bits)
  const parts: Uint8Array[] = [Uint8Array.from(begin)]
  for (let row = 0; row < height; row += bandRows) {
    const rows = Math.min(bandRows, height - row)
    // GS v 0 m xL xH yL yH: bytes across, rows; m 0 is a dot for a dot.
    parts.push(
      Uint8Array.of(gs, 0x76, 0x30, 0, across & 0xff, across >> 8, rows & 0xff, rows >> 8),
      picture.subarray(row * across, (row + rows) * across),
    )
  }
  return Buffer.concat([...parts, Uint8Array.from([...end, ...done])])
}

/** What follows DLE in a command in real time: EOT, ENQ, DC4. */
const realTime: readonly number[] = [0x04, 0x05, 0x14]

/**
 * Printers look for commands in real time in the middle of a picture too, and there are some that open a drawer: where
 * dots would spell one, one dot more is black.
 */
export function harmless(bits: Uint8Array): Uint8Array {
  const safe = Uint8Array.from(bits)
  for (let at = 0; at + 1 < safe.length; at += 1)
    if (safe[at] === dle && realTime.includes(safe[at + 1] ?? 0)) safe[at] = dle | 0x08
  return safe
}
