import type { Content } from 'pdfmake'
import type { PieceGroup, ReceiptDocument } from '#shared/domain/receipt/receiptDocument.ts'
import type { Bilingual } from '#shared/domain/receipt/receiptText.ts'
import type { Density } from './density.ts'
import type { Fonts } from '../engine/fonts.ts'
import { arabicStep, baseline, colours, bilingualLine } from '../engine/setting.ts'

/** The groups of pieces, each under its heading; every line bears its mark at both edges. */
export function pieces(document: ReceiptDocument, density: Density, fonts: Fonts): Content[] {
  return document.groups.map((group) => {
    const colour = group.mark === 'missing' ? colours.alert : colours.accent
    const heading = bilingualLine(group.heading, { size: density.label, bold: true, colour, below: 1 }, fonts)
    const [first, ...others] = group.pieces.map((piece) => pieceLine(piece, group.mark, density, fonts))
    // A heading never ends a page without a piece under it.
    const begin: Content = { stack: first === undefined ? [heading] : [heading, first], unbreakable: true }
    return { stack: [begin, ...others], margin: [0, 0, 0, density.gap * 0.6] }
  })
}

function pieceLine(piece: Bilingual, mark: PieceGroup['mark'], density: Density, fonts: Fonts): Content {
  const size = density.text * 0.94
  const box = size * 0.72
  const middle = baseline(size * arabicStep) - box * 0.94
  const drawn = (width: number): { width: number; stack: Content[] } => ({
    width,
    stack: [{ canvas: markOf(mark, box), margin: [0, middle, 0, 0] }],
  })
  return {
    columns: [drawn(box + 2), { width: '*', stack: [bilingualLine(piece, { size }, fonts)] }, drawn(box)],
    columnGap: 3,
    unbreakable: true,
    margin: [0, density.padding * 0.2, 0, 0],
  }
}

/** A ticked box, a box with an arrow's bar (asked elsewhere), or an empty one: told apart without colour. */
function markOf(mark: PieceGroup['mark'], side: number) {
  const colour = mark === 'missing' ? colours.alert : colours.accent
  const frame = { type: 'rect' as const, x: 0, y: 0, w: side, h: side, r: 1, lineWidth: 0.7, lineColor: colour }
  const stroke = (points: readonly (readonly [number, number])[]) => ({
    type: 'polyline' as const,
    lineWidth: 1,
    lineColor: colour,
    points: points.map(([x, y]) => ({ x: x * side, y: y * side })),
  })
  if (mark === 'received' || mark === 'added')
    return [
      frame,
      stroke([
        [0.2, 0.52],
        [0.43, 0.76],
        [0.82, 0.24],
      ]),
    ]
  return mark === 'obtained'
    ? [
        frame,
        stroke([
          [0.22, 0.5],
          [0.78, 0.5],
        ]),
      ]
    : [frame]
}
