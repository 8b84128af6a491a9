import type { Content } from 'pdfmake'
import { labelCode } from '#shared/domain/mail/label.ts'
import type { MailSheets } from '#shared/domain/mail/mailSheets.ts'
import { datum, isolated } from '#shared/domain/receipt/receiptText.ts'
import type { LabelSheet } from '#shared/ports/mailPress.ts'
import type { Sheet } from '../engine/engine.ts'
import type { Fonts } from '../engine/fonts.ts'
import { sizeWithin } from '../engine/outline.ts'
import { drawQr } from '../engine/qr.ts'
import { textNode } from '../engine/setting.ts'
import { a4, mm } from './page.ts'

/** Sheets of 24 labels of 70 × 37 mm, three beside each other, as they are sold everywhere. */
const grid = { columns: 3, rows: 8 } as const
const perSheet = grid.columns * grid.rows
const label = { width: 70 * mm, height: 37 * mm } as const
/** The sheet is higher than eight labels by a millimetre. */
const top = (a4.height - grid.rows * label.height) / 2
/** Labels are cut by hand's breadth, and printers leave their edge blank. */
const padding = 5.5 * mm
const qrSide = 24 * mm
const room = label.width - 2 * padding - qrSide - 3 * mm

/** Labels for the paper of letters, from the first one on the sheet. */
export function labelSheets({ labels, office }: LabelSheet, words: MailSheets['words'], fonts: Fonts): Sheet {
  const sheets = Array.from({ length: Math.ceil(labels.length / perSheet) }, (_, at) =>
    labels.slice(at * perSheet, (at + 1) * perSheet),
  )
  let drawn = 0
  const cornerOf = (at: number) => ({
    x: (at % grid.columns) * label.width,
    y: top + Math.floor(at / grid.columns) * label.height,
  })
  return {
    title: words.label.title.fr,
    size: a4,
    pages: sheets.length,
    margins: { left: 0, top: 0, right: 0, bottom: 0 },
    content: sheets.map((ofSheet, sheet): Content => ({
      stack: [
        { text: ' ', fontSize: 1 },
        ...ofSheet.map((text, at): Content => {
          const { x, y } = cornerOf(at)
          return {
            absolutePosition: { x: x + padding + qrSide + 3 * mm, y: y + padding },
            columns: [{ width: room, stack: wordsOf(text, office, fonts) }],
          }
        }),
      ],
      ...(sheet === 0 ? {} : { pageBreak: 'before' as const }),
    })),
    background: (page) => {
      for (const [at, text] of (sheets[drawn] ?? []).entries()) {
        const { x, y } = cornerOf(at)
        drawQr(page, labelCode(text), x + padding, y + (label.height - qrSide) / 2, qrSide)
      }
      drawn += 1
    },
  }
}

/** The office, smaller than the text of the label, which is one word. */
function wordsOf(text: string, office: LabelSheet['office'], fonts: Fonts): Content[] {
  const named = (name: string, largest: number): number =>
    sizeWithin(name, room * 1.9, { largest, smallest: 3.4 }, 'normal', fonts)
  const size = sizeWithin(text, room - 1, { largest: 12, smallest: 4 }, 'bold', fonts)
  return [
    textNode(isolated(office.ar), { side: 'ar', size: named(office.ar, 7), alignment: 'left' }, fonts),
    textNode(isolated(office.fr), { side: 'fr', size: named(office.fr, 6.4), below: 3 }, fonts),
    textNode(datum(text), { side: 'fr', size, bold: true }, fonts),
  ]
}
