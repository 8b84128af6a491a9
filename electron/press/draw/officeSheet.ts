import type { Content, TableCell } from 'pdfmake'
import type { PaperBlock, PaperDocument, PaperLine } from '#shared/domain/papers/paperDocument.ts'
import { both } from '#shared/domain/papers/paperDocument.ts'
import { datum, type Bilingual } from '#shared/domain/receipt/receiptText.ts'
import { fill } from '#shared/text/fill.ts'
import type { Sheet } from '../engine/engine.ts'
import type { Fonts } from '../engine/fonts.ts'
import { drawQr } from '../engine/qr.ts'
import { arabicStep, baseline, bilingualLine, colours, textNode, type Manner } from '../engine/setting.ts'

/** ISO 216 A4 and its margins, in points. */
const a4 = { width: 595.28, height: 841.89 } as const
const margins = { left: 42, top: 36, right: 42, bottom: 46 } as const
const column = a4.width - margins.left - margins.right
const mm = 72 / 25.4
/** The code without its quiet zone; it stands at the foot of every page. */
const qrSide = 38 * mm
const band = qrSide + 30

/** How close a paper is set, in points: over and under each line, and over a heading. */
interface Density {
  readonly padding: number
  readonly above: number
}
/** A paper of one page shrinks before it takes a second one; a report has many pages anyway. */
const onePage: readonly [Density, ...Density[]] = [
  { padding: 3, above: 10 },
  { padding: 1.6, above: 7.2 },
  { padding: 0.6, above: 5.2 },
]
const manyPages: readonly [Density, ...Density[]] = [{ padding: 3, above: 11 }]

type Drawn<B extends PaperBlock['block']> = Extract<PaperBlock, { block: B }>

/** A paper of the office, A4, set from roomy to tight. @param seal text of the code, for a paper that is kept */
export function officeSheets(document: PaperDocument, seal: string, fonts: Fonts): readonly [Sheet, ...Sheet[]] {
  const sheet = (density: Density): Sheet => ({
    title: document.fileTitle,
    size: a4,
    margins: { ...margins, bottom: margins.bottom + (document.kept === undefined ? 0 : band) },
    content: [
      officeHead(document.letterhead, fonts),
      title(document.title, fonts),
      ...document.blocks.map((block) => drawn(block, density, fonts)),
    ],
    footer: (page, pages) => foot(document, page, pages, fonts),
    // A code that says nothing would be taken for a proof.
    ...(document.kept !== undefined &&
      seal !== '' && {
        background: (page) => {
          drawQr(page, seal, a4.width - margins.right - qrSide, a4.height - margins.bottom - qrSide - 8, qrSide)
        },
      }),
  })
  const [roomy, ...tighter] = document.kept === undefined ? manyPages : onePage
  return [sheet(roomy), ...tighter.map(sheet)]
}

function drawn(block: PaperBlock, density: Density, fonts: Fonts): Content {
  switch (block.block) {
    case 'note':
      return bilingualLine(block.text, notes[block.as], fonts)
    case 'heading':
      return bilingualLine(
        block.text,
        { size: 8.6, bold: true, colour: colours.accent, above: density.above, below: 3 },
        fonts,
      )
    case 'lines':
      return labelledTable(block, density, fonts)
    case 'table':
      return table(block, fonts)
  }
}

const notes: Readonly<Record<Drawn<'note'>['as'], Omit<Manner, 'side' | 'alignment'>>> = {
  warning: { size: 8, bold: true, colour: colours.alert, below: 4 },
  sound: { size: 10, bold: true, colour: colours.accent, below: 6 },
  unsound: { size: 10, bold: true, colour: colours.alert, below: 6 },
  remark: { size: 7, colour: colours.muted, below: 3 },
}

/** State and office over a double rule, French at the left and Arabic at the right. */
function officeHead(letterhead: readonly Bilingual[], fonts: Fonts): Content {
  const rule = { type: 'line', x1: 0, x2: column, lineColor: colours.accent } as const
  return {
    stack: [
      ...letterhead.map(({ fr, ar }, at) =>
        bilingualLine({ fr, ar }, { size: 8, bold: at === 0, colour: at === 0 ? colours.ink : colours.muted }, fonts),
      ),
      {
        canvas: [
          { ...rule, y1: 0, y2: 0, lineWidth: 1.4 },
          { ...rule, y1: 2.4, y2: 2.4, lineWidth: 0.4 },
        ],
        margin: [0, 6, 0, 0],
      },
    ],
  }
}

/** Arabic over French, centred. */
const title = ({ fr, ar }: Bilingual, fonts: Fonts): Content => ({
  stack: [
    textNode(ar, { side: 'ar', size: 15, bold: true, alignment: 'center', above: 10 }, fonts),
    textNode(fr, { side: 'fr', size: 12.5, bold: true, alignment: 'center', colour: colours.accent, below: 8 }, fonts),
  ],
})

const sizes: Readonly<Record<NonNullable<PaperLine['size']>, number>> = { large: 12, hash: 6.2, signature: 5.4 }

/** Ruled lines: label in French, values in the middle, label in Arabic, and `heads` over the values. */
function labelledTable({ lines, heads = [] }: Drawn<'lines'>, { padding }: Density, fonts: Fonts): Content {
  const columns = Math.max(1, heads.length)
  const over = heads.map((one) =>
    textNode(`${one.fr} · ${one.ar}`, { side: 'fr', size: 7, colour: colours.muted, alignment: 'center' }, fonts),
  )
  const head: TableCell[][] = heads.length === 0 ? [] : [[{ text: '' }, ...over, { text: '' }]]
  const row = baseline(8 * arabicStep)
  const body = lines.map(({ label, values, strong = false, size: named }): TableCell[] => {
    const size = named === undefined ? 9 : sizes[named]
    const manner = { side: 'fr', size, bold: strong, alignment: 'center' } as const
    const above = Math.max(0, row - baseline(size))
    return [
      textNode(label.fr, { side: 'fr', size: 8, colour: colours.muted, above: row - baseline(8) }, fonts),
      ...Array.from({ length: columns }, (_, at) => textNode(values[at] ?? '', { ...manner, above }, fonts)),
      textNode(label.ar, { side: 'ar', size: 8, colour: colours.muted }, fonts),
    ]
  })
  const edge = columns === 1 ? 120 : 150
  return {
    table: {
      widths: [edge, ...Array.from({ length: columns }, () => '*'), edge],
      body: [...head, ...body],
      dontBreakRows: true,
      headerRows: head.length,
    },
    layout: hairlines(padding),
  }
}

function table({ heads, widths, rows, large }: Drawn<'table'>, fonts: Fonts): Content {
  const [over, size, padding] = large === true ? [7.4, 9.6, 4.5] : [6.2, 6.4, 1.6]
  const head = heads.map((one): TableCell => ({
    stack: [
      textNode(one.ar, { side: 'ar', size: over, colour: colours.muted, alignment: 'left' }, fonts),
      textNode(one.fr, { side: 'fr', size: over, colour: colours.muted }, fonts),
    ],
  }))
  const cells = (row: readonly string[]): TableCell[] => row.map((text) => textNode(text, { side: 'fr', size }, fonts))
  return {
    table: { widths: [...widths], headerRows: 1, dontBreakRows: true, body: [head, ...rows.map(cells)] },
    layout: hairlines(padding),
  }
}

/** Hairlines between rows and none between columns. */
const hairlines = (padding: number) => ({
  hLineWidth: (at: number, node: { table: { body: unknown[] } }) =>
    at === 0 || at === node.table.body.length ? 0.8 : 0.4,
  vLineWidth: () => 0,
  hLineColor: () => colours.hairline,
  paddingLeft: (at: number) => (at === 0 ? 0 : 4),
  paddingRight: () => 4,
  paddingTop: () => padding,
  paddingBottom: () => padding,
})

function foot(
  { kept, foot: { text, page: words } }: PaperDocument,
  page: number,
  pages: number,
  fonts: Fonts,
): Content {
  const values = { page: datum(String(page)), pages: datum(String(pages)) }
  const muted = { size: 6.6, colour: colours.muted } as const
  const last: Content = {
    margin: [margins.left, 14, margins.right, 0],
    stack: [
      textNode(text, { side: 'fr', ...muted, alignment: 'center', below: 1 }, fonts),
      bilingualLine(
        both((side) => fill(words[side], values)),
        muted,
        fonts,
      ),
    ],
  }
  if (kept === undefined) return last
  const width = column - qrSide - 16
  const box = {
    type: 'rect',
    x: 0,
    y: 4,
    w: width,
    h: qrSide - 34,
    lineWidth: 0.6,
    lineColor: colours.hairline,
  } as const
  const stack: Content[] = [
    bilingualLine(kept.keep, { ...muted, below: 8 }, fonts),
    bilingualLine(kept.signature, { size: 7, colour: colours.muted }, fonts),
    { canvas: [box] },
  ]
  return {
    stack: [
      {
        margin: [margins.left, 8, margins.right, 0],
        columns: [
          { width, stack },
          { width: '*', text: '' },
        ],
      },
      { ...textNode('', { side: 'fr', size: 2 }, fonts), margin: [0, 4, 0, 0] },
      last,
    ],
  }
}
