import { qrEncoder } from './pdfmake.ts'

/** Bytes of data that versions 1, 2, 3 … hold at level Q (ISO/IEC 18004:2015, table 7). */
const bytesAtQ = [13, 22, 34, 48, 62, 76, 88, 110, 132, 154, 180, 206, 244, 261, 295, 325, 367, 397, 445, 485]

/**
 * The smallest version in which a text still leaves room for the four bits of its terminator: the encoder of pdfmake puts
 * one byte too many into a symbol that is fuller than that, and no reader reads it. Nothing for texts beyond the table.
 */
function versionFor(text: string): number | undefined {
  const bits = (version: number): number =>
    4 + (version < 10 ? 9 : 11) + 11 * Math.floor(text.length / 2) + 6 * (text.length % 2) + 4
  const at = bytesAtQ.findIndex((bytes, index) => bits(index + 1) <= bytes * 8)
  return at === -1 ? undefined : at + 1
}

/**
 * The dark modules of a text as QR code (ISO/IEC 18004), level Q, alphanumeric: their upper left corners in a square of
 * `width`, each five units wide, without a quiet zone.
 */
export function qrModules(text: string): {
  readonly width: number
  readonly modules: readonly { readonly x: number; readonly y: number }[]
} {
  const version = versionFor(text)
  const { _width: width, _canvas: rects } = qrEncoder.measure({
    qr: text,
    eccLevel: 'Q',
    mode: 'alphanumeric',
    ...(version === undefined ? {} : { version }),
  })
  // The encoder draws its ground first.
  return { width, modules: rects.slice(1) }
}

/**
 * Draws a text as QR code, as one path (no seams between modules). The caller leaves the quiet zone of four modules blank
 * round it.
 * @param side of the square without its quiet zone, in points
 */
export function drawQr(page: PDFKit.PDFDocument, text: string, x: number, y: number, side: number): void {
  const { width, modules } = qrModules(text)
  const scale = side / width
  for (const module of modules) page.rect(x + module.x * scale, y + module.y * scale, 5 * scale, 5 * scale)
  page.fill('#000000')
}
