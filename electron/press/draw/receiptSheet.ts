import type { Content } from 'pdfmake'
import type { ReceiptDocument } from '#shared/domain/receipt/receiptDocument.ts'
import type { ReceiptTemplate } from '#shared/domain/receipt/receiptTemplate.ts'
import { datum, withoutControls } from '#shared/domain/receipt/receiptText.ts'
import { fill } from '#shared/text/fill.ts'
import type { Density } from './density.ts'
import type { Fonts } from '../engine/fonts.ts'
import { drawStraight, outlineOf, sizeWithin } from '../engine/outline.ts'
import { a5, column, margins, reprintTop } from './page.ts'
import { drawQr } from '../engine/qr.ts'
import { letterhead, numberBox, outcomeBox, rows, title } from './receiptParts.ts'
import { pieces } from './receiptPieces.ts'
import type { Sheet } from '../engine/engine.ts'
import { colours, bilingualLine, textNode } from '../engine/setting.ts'
import { drawStamp } from './stamp.ts'

const mm = 72 / 25.4
/**
 * The seal's code without its quiet zone: 0.42 mm to a module of a version 13 code, more than three dots at 203 dpi.
 */
const qrSide = 29 * mm
const stampRadius = 14.2 * mm
const besideStamp = stampRadius * 2 + 10
const besideCode = qrSide + 4
/** What stamp and code leave to the words between them. */
const wordsWidth = column - besideStamp - besideCode
/** The band of stamp, words and code at the foot of every page. */
const bandTop = a5.height - margins.bottom + 8

/** The receipt as a sheet to be set; each page carries number, stamp and code, so that it proves itself. */
export function receiptSheet(
  document: ReceiptDocument,
  seal: string,
  template: ReceiptTemplate,
  density: Density,
  fonts: Fonts,
): Sheet {
  const number = document.number.value ?? ''
  return {
    title: `${document.title.fr} ${withoutControls(number)}`.trim(),
    size: a5,
    margins,
    blankFrom: reprintTop,
    content: [
      letterhead(document, fonts),
      title(document, density, fonts),
      numberBox(document, density, fonts),
      rows(document, density, fonts),
      outcomeBox(document, density, fonts),
      ...pieces(document, density, fonts),
    ],
    header: (page) =>
      page === 1 ? null : { margin: [margins.left, 12, margins.right, 0], stack: [continued(document, number, fonts)] },
    footer: (page, pages) => foot(document, template, page, pages, fonts),
    background: (page) => {
      if (document.specimen !== undefined) drawSpecimen(page, document.specimen, fonts)
      drawStamp(
        page,
        document.stamp,
        { x: margins.left + stampRadius + 2, y: bandTop + qrSide / 2 },
        stampRadius,
        fonts,
      )
      drawQr(page, seal, a5.width - margins.right - qrSide, bandTop, qrSide)
    },
  }
}

const continued = (document: ReceiptDocument, number: string, fonts: Fonts): Content =>
  textNode(`${document.title.ar} ${number}`, { side: 'ar', size: 7, alignment: 'center', colour: colours.muted }, fonts)

/** Words between stamp and code, and the notice under them. */
function foot(
  document: ReceiptDocument,
  template: ReceiptTemplate,
  page: number,
  pages: number,
  fonts: Fonts,
): Content {
  const centred = { alignment: 'center', colour: colours.muted } as const
  const paged =
    pages === 1
      ? []
      : [bilingualLine(pageOf(template, page, pages), { size: 6, bold: true, colour: colours.muted, above: 3 }, fonts)]
  const agentSize = sizeWithin(document.agent.text, 2 * wordsWidth, { largest: 7.6, smallest: 4 }, 'bold', fonts)
  const words: Content[] = [
    bilingualLine(document.agent.label, { size: 6, colour: colours.muted }, fonts),
    textNode(document.agent.text, { side: 'fr', size: agentSize, bold: true, alignment: 'center', below: 5 }, fonts),
    textNode(document.verification.ar, { side: 'ar', size: 5.7, ...centred, below: 1.5 }, fonts),
    textNode(document.verification.fr, { side: 'fr', size: 5.7, ...centred }, fonts),
    ...paged,
  ]
  return {
    margin: [margins.left, 8, margins.right, 0],
    stack: [
      {
        table: {
          widths: [besideStamp, '*', besideCode],
          heights: [qrSide],
          body: [['', { stack: words, margin: [0, 5, 0, 0] }, '']],
        },
        layout: 'noBorders',
      },
      notice(document, fonts),
    ],
  }
}

const pageOf = (template: ReceiptTemplate, page: number, pages: number): { fr: string; ar: string } => {
  const values = { page: datum(String(page)), pages: datum(String(pages)) }
  return { fr: fill(template.words.page.fr, values), ar: fill(template.words.page.ar, values) }
}

const notice = (document: ReceiptDocument, fonts: Fonts): Content => ({
  stack: [
    {
      canvas: [{ type: 'line', x1: 0, y1: 0, x2: column, y2: 0, lineWidth: 0.4, lineColor: colours.hairline }],
      margin: [0, 3, 0, 3],
    },
    bilingualLine(document.notice, { size: 5.2, colour: colours.muted }, fonts),
  ],
})

/** Training paper: across the page in both languages, under the text. */
function drawSpecimen(
  page: PDFKit.PDFDocument,
  specimen: { readonly fr: string; readonly ar: string },
  fonts: Fonts,
): void {
  const lines = [outlineOf(specimen.ar, 'rtl', 'bold', fonts), outlineOf(specimen.fr, 'ltr', 'bold', fonts)]
  page
    .save()
    .translate(a5.width / 2, a5.height * 0.44)
    .rotate(-42)
  lines.forEach((line, at) => {
    const size = (a5.width * 0.94 * 1000) / line.width
    drawStraight(page, line, (-line.width * size) / 2000, at === 0 ? -12 : 44, size, colours.ghost)
  })
  page.restore()
}
