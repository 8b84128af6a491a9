import encoder from 'pdfmake/js/qrEnc.js'

/** The quiet zone that ISO/IEC 18004 asks for, in modules. */
const quiet = 4

/**
 * Draws a text as QR code, level Q, alphanumeric, as one path (no seams between modules).
 * @param side of the square with its quiet zone, in points: 30 mm gives 0.39 mm to a module of a version 13 code
 */
export function drawQr(page: PDFKit.PDFDocument, text: string, x: number, y: number, side: number): void {
  const { _width: width, _canvas: rects } = encoder.default.measure({ qr: text, eccLevel: 'Q', mode: 'alphanumeric' })
  const [ground, ...dark] = rects
  if (ground === undefined) return
  // The encoder draws with modules of five units.
  const unit = side / (width / 5 + 2 * quiet)
  for (const rect of dark) page.rect(x + (rect.x / 5 + quiet) * unit, y + (rect.y / 5 + quiet) * unit, unit, unit)
  page.fill('#000000')
}
