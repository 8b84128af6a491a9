import type { Content } from 'pdfmake'
import type { MailSheets } from '#shared/domain/mail/mailSheets.ts'
import { separatorCode, type Separator } from '#shared/domain/mail/separator.ts'
import { datum, isolated, type Bilingual } from '#shared/domain/receipt/receiptText.ts'
import type { Sheet } from '../engine/engine.ts'
import type { Fonts } from '../engine/fonts.ts'
import { drawQr } from '../engine/qr.ts'
import { textNode, type Manner } from '../engine/setting.ts'
import { separatorMark } from '../scan/lookAt.ts'
import { a4, mm } from './page.ts'

/** The code without its quiet zone: read at 50 dpi, and by the camera of a telephone from a metre. */
const qr = { side: 84 * mm, top: 96 * mm } as const
const under = qr.top + qr.side + 14 * mm
/** From the edges to the squares of the mark: more than any printer leaves blank. */
const [edge, side] = [12 * mm, 14 * mm]
const ink = '#000000'

/** Separators, each on both sides of a sheet of A4: print them two-sided. */
export function separatorSheets(sheets: readonly Separator[], words: MailSheets['words'], fonts: Fonts): Sheet {
  const faces = sheets.flatMap((sheet) => [sheet, sheet])
  let drawn = 0
  return {
    title: words.separator.title.fr,
    size: a4,
    pages: faces.length,
    margins: { left: 60, top: 34 * mm, right: 60, bottom: 28 * mm },
    content: faces.map((face, at): Content => ({
      stack: faceOf(face, words, fonts),
      ...(at === 0 ? {} : { pageBreak: 'before' as const }),
    })),
    background: (page) => {
      const face = faces[drawn]
      drawn += 1
      if (face === undefined) return
      drawMark(page)
      drawQr(page, separatorCode(face), (a4.width - qr.side) / 2, qr.top, qr.side)
    },
  }
}

/** Twelve squares: what `lookAt` looks for. */
function drawMark(page: PDFKit.PDFDocument): void {
  const square = separatorMark.side * mm
  const step = (a4.width - 2 * side - square) / (separatorMark.perRow - 1)
  for (const y of [edge, a4.height - edge - square])
    for (let at = 0; at < separatorMark.perRow; at += 1) page.rect(side + at * step, y, square, square)
  page.fill(ink)
}

function faceOf(face: Separator, { separator, levels }: MailSheets['words'], fonts: Fonts): Content[] {
  const centred = (text: string, side: 'fr' | 'ar', manner: Omit<Manner, 'side' | 'alignment'>): Content =>
    textNode(text, { side, colour: ink, alignment: 'center', ...manner }, fonts)
  const both = (text: Bilingual, size: number, manner: Partial<Manner> = {}): Content[] => [
    centred(text.ar, 'ar', { size, ...manner }),
    centred(text.fr, 'fr', { size, ...manner }),
  ]
  const heading: Content = { stack: [...both(separator.title, 30, { bold: true }), ...both(separator.use, 11.5)] }
  const { service, confidentiality, serial } = face
  return [
    heading,
    {
      absolutePosition: { x: 60, y: under },
      stack: [
        ...(service === undefined
          ? []
          : [
              centred(`${separator.service.fr} · ${isolated(separator.service.ar)}`, 'fr', { size: 10 }),
              centred(isolated(service), 'fr', { size: service.length > 24 ? 15 : 26, bold: true, below: 4 }),
            ]),
        ...(confidentiality === undefined || confidentiality === 'none'
          ? []
          : both(levels[confidentiality], 18, { bold: true })),
        ...both(separator.again, 10, { above: 2 }),
        centred(`${separator.sheet.fr} · ${isolated(separator.sheet.ar)} : ${datum(serial)}`, 'fr', {
          size: 9,
          above: 6,
        }),
      ],
    },
  ]
}
