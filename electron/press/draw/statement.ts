import type { Content, TableCell } from 'pdfmake'
import type { ClosingPaper } from '#shared/domain/papers/closing.ts'
import { datum, type Bilingual } from '#shared/domain/receipt/receiptText.ts'
import type { Fonts } from '../engine/fonts.ts'
import { arabicStep, baseline, colours, bilingualLine, textNode } from '../engine/setting.ts'

/** ISO 216 A4 and its margins, in points. */
export const a4 = { width: 595.28, height: 841.89 } as const
export const a4Margins = { left: 42, top: 36, right: 42, bottom: 46 } as const
export const a4Column = a4.width - a4Margins.left - a4Margins.right

/** State and office over a double rule, French at the left and Arabic at the right. */
export function officeHead(paper: Pick<ClosingPaper, 'authority' | 'office'>, fonts: Fonts): Content {
  const lines = [...paper.authority, paper.office].map((line, at) =>
    bilingualLine(
      { fr: line.fr, ar: line.ar },
      { size: 8, bold: at === 0, colour: at === 0 ? colours.ink : colours.muted },
      fonts,
    ),
  )
  return {
    stack: [
      ...lines,
      {
        canvas: [
          { type: 'line', x1: 0, y1: 0, x2: a4Column, y2: 0, lineWidth: 1.4, lineColor: colours.accent },
          { type: 'line', x1: 0, y1: 2.4, x2: a4Column, y2: 2.4, lineWidth: 0.4, lineColor: colours.accent },
        ],
        margin: [0, 6, 0, 0],
      },
    ],
  }
}

/** Arabic over French, centred. */
export const statementTitle = (title: Bilingual, fonts: Fonts): Content => ({
  stack: [
    textNode(title.ar, { side: 'ar', size: 15, bold: true, alignment: 'center', above: 10 }, fonts),
    textNode(
      title.fr,
      { side: 'fr', size: 12.5, bold: true, alignment: 'center', colour: colours.accent, below: 8 },
      fonts,
    ),
  ],
})

/** A heading over what follows, in both languages. */
export const heading = (text: Bilingual, fonts: Fonts, above = 11): Content =>
  bilingualLine(text, { size: 8.6, bold: true, colour: colours.accent, above, below: 3 }, fonts)

/** Words that are the same in both languages: numbers, dates, codes. */
export const figure = (text: string): string => datum(text)

interface Line {
  readonly label: Bilingual
  /** One value a column. */
  readonly values: readonly string[]
  readonly strong?: boolean
  readonly size?: number
}

/**
 * Ruled lines: label in French, values in the middle, label in Arabic; `heads` over the values, `padding` in points
 * over and under each.
 */
export function labelledTable(
  lines: readonly Line[],
  fonts: Fonts,
  heads: readonly Bilingual[] = [],
  padding = 3,
): Content {
  const columns = Math.max(1, heads.length)
  const head: TableCell[][] =
    heads.length === 0
      ? []
      : [
          [
            { text: '' },
            ...heads.map((one) =>
              textNode(
                `${one.fr} · ${one.ar}`,
                { side: 'fr', size: 7, colour: colours.muted, alignment: 'center' },
                fonts,
              ),
            ),
            { text: '' },
          ],
        ]
  const body = lines.map(({ label, values, strong = false, size = 9 }): TableCell[] => {
    const row = baseline(8 * arabicStep)
    return [
      textNode(label.fr, { side: 'fr', size: 8, colour: colours.muted, above: row - baseline(8) }, fonts),
      ...Array.from({ length: columns }, (_, at) =>
        textNode(
          values[at] ?? '',
          { side: 'fr', size, bold: strong, alignment: 'center', above: Math.max(0, row - baseline(size)) },
          fonts,
        ),
      ),
      textNode(label.ar, { side: 'ar', size: 8, colour: colours.muted }, fonts),
    ]
  })
  const widths = columns === 1 ? [120, '*', 120] : [150, ...Array.from({ length: columns }, () => '*'), 150]
  return {
    table: { widths, body: [...head, ...body], dontBreakRows: true, headerRows: head.length },
    layout: hairlines(padding),
  }
}

/** Hairlines between rows and none between columns. */
export const hairlines = (padding: number) => ({
  hLineWidth: (at: number, node: { table: { body: unknown[] } }) =>
    at === 0 || at === node.table.body.length ? 0.8 : 0.4,
  vLineWidth: () => 0,
  hLineColor: () => colours.hairline,
  paddingLeft: (at: number) => (at === 0 ? 0 : 4),
  paddingRight: () => 4,
  paddingTop: () => padding,
  paddingBottom: () => padding,
})

/** What stands at the foot of each page. */
export function pageFoot(left: string, words: Bilingual, page: number, pages: number, fonts: Fonts): Content {
  const of = (text: string): string =>
    text.replace('{page}', datum(String(page))).replace('{pages}', datum(String(pages)))
  return {
    margin: [a4Margins.left, 14, a4Margins.right, 0],
    stack: [
      textNode(left, { side: 'fr', size: 6.6, colour: colours.muted, alignment: 'center', below: 1 }, fonts),
      bilingualLine({ fr: of(words.fr), ar: of(words.ar) }, { size: 6.6, colour: colours.muted }, fonts),
    ],
  }
}
