import { qrEncoder } from './pdfmake.ts'

/**
 * Draws a text as QR code (ISO/IEC 18004), level Q, alphanumeric, as one path (no seams between modules). The caller
 * leaves the quiet zone of four modules blank round it.
 * @param side of the square without its quiet zone, in points
 */
export function drawQr(page: PDFKit.PDFDocument, text: string, x: number, y: number, side: number): void {
  const { _width: width, _canvas: rects } = qrEncoder.measure({ qr: text, eccLevel: 'Q', mode: 'alphanumeric' })
  const scale = side / width
  // The encoder draws its ground first, then dark modules of five units.
  for (const rect of rects.slice(1)) page.rect(x + rect.x * scale, y + rect.y * scale, 5 * scale, 5 * scale)
  page.fill('#000000')
}
