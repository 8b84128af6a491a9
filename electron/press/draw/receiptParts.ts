import type { Content, TableCell } from 'pdfmake'
import { withoutControls, type Bilingual } from '#shared/domain/receipt/receiptText.ts'
import type { ReceiptDocument } from '#shared/domain/receipt/receiptDocument.ts'
import type { ReceiptRow } from '#shared/domain/receipt/receiptRows.ts'
import type { Density } from './density.ts'
import type { Fonts, Weight } from '../engine/fonts.ts'
import { widthOf } from '../engine/outline.ts'
import { column, markSpace } from './page.ts'
import { arabicStep, baseline, colours, bilingualLine, textNode } from '../engine/setting.ts'

/** State, Tifinagh and office lines over a double rule. */
export function letterhead(document: Pick<ReceiptDocument, 'letterhead'>, fonts: Fonts): Content {
  const lines = (texts: readonly string[], side: 'fr' | 'ar', alignment: 'left' | 'center' | 'right') =>
    texts.map((text, at) =>
      textNode(
        text,
        {
          side,
          size: 7.4,
          bold: at === 0,
          alignment,
          colour: at === 0 ? colours.ink : colours.muted,
          spacing: side === 'fr' ? arabicStep : 1,
        },
        fonts,
      ),
    )
  const { fr, zgh, ar } = document.letterhead
  // Same line height, smaller letters: their baseline lies lower by the difference of the descents.
  const raise: [number, number, number, number] = [0, -0.4, 0, 0]
  return {
    stack: [
      {
        columns: [
          { width: '*', stack: lines(fr, 'fr', 'left'), margin: raise },
          { width: markSpace.width, stack: lines(zgh, 'fr', 'center'), margin: raise },
          { width: '*', stack: lines(ar, 'ar', 'right') },
        ],
      },
      {
        canvas: [
          { type: 'line', x1: 0, y1: 0, x2: column, y2: 0, lineWidth: 1.4, lineColor: colours.accent },
          { type: 'line', x1: 0, y1: 2.4, x2: column, y2: 2.4, lineWidth: 0.4, lineColor: colours.accent },
        ],
        margin: [0, Math.max(5, markSpace.height + 5 - (Math.max(fr.length, ar.length) - 1) * 10), 0, 0],
      },
    ],
  }
}

/** Arabic over French, centred. */
export function title(document: ReceiptDocument, density: Density, fonts: Fonts): Content {
  const { ar, fr } = document.title
  return {
    stack: [
      textNode(
        ar,
        { side: 'ar', size: density.text * 1.65, bold: true, alignment: 'center', above: density.gap * 0.6 },
        fonts,
      ),
      textNode(
        fr,
        { side: 'fr', size: density.text * 1.25, bold: true, alignment: 'center', colour: colours.accent },
        fonts,
      ),
      ...(document.specimen === undefined
        ? []
        : [bilingualLine(document.specimen, { size: 8, bold: true, colour: colours.alert, above: 1 }, fonts)]),
    ],
  }
}

/** The number between its labels: the largest thing of the paper. */
export function numberBox(document: ReceiptDocument, density: Density, fonts: Fonts): Content {
  const { label, value, pending } = document.number
  const largest = density.text * 2.15
  const inside: Content =
    value === undefined
      ? { columns: [bilingualLine(pending ?? label, { size: 8.4, colour: colours.muted }, fonts)] }
      : labelled(
          label,
          textNode(value, { side: 'fr', size: largest, bold: true, alignment: 'center' }, fonts),
          { width: 64, valueSize: largest, labelSize: density.label },
          fonts,
        )
  return boxed(inside, {
    fill: null,
    line: colours.accent,
    padding: value === undefined ? 5 : 1.5,
    above: density.gap * 0.7,
    below: density.gap * 0.8,
  })
}

/** A value centred between its French and Arabic labels, all on one baseline. */
function labelled(
  label: Bilingual,
  value: Content,
  { width, valueSize, labelSize }: { readonly width: number; readonly valueSize: number; readonly labelSize: number },
  fonts: Fonts,
): Content {
  const drop = (size: number): number => baseline(valueSize) - baseline(size)
  return {
    columns: [
      {
        width,
        stack: [
          textNode(label.fr, { side: 'fr', size: labelSize, colour: colours.muted, above: drop(labelSize) }, fonts),
        ],
      },
      { width: '*', stack: [value] },
      {
        width,
        stack: [
          textNode(
            label.ar,
            { side: 'ar', size: labelSize, colour: colours.muted, above: drop(labelSize * arabicStep) },
            fonts,
          ),
        ],
      },
    ],
  }
}

/** Facts of the deposit: French reads along the left half, Arabic along the right. */
export const rows = (document: ReceiptDocument, density: Density, fonts: Fonts): Content =>
  rowTable(document.rows, density, fonts)

type Row = Pick<ReceiptRow, 'label' | 'value' | 'note'> & Partial<Pick<ReceiptRow, 'strong'>>

const edge = 52
const gutter = 4
/** Width of a value in one language: half of what labels and gutters leave. */
const halfWidth = (column - 2 * edge - 7 * gutter) / 2

/** Rows between their French and Arabic labels. */
export function rowTable(lines: readonly Row[], density: Density, fonts: Fonts): Content {
  return {
    table: { widths: [edge, '*', '*', edge], body: lines.map((row) => cells(row, density, fonts)) },
    layout: {
      hLineWidth: (at, node) => (at === 0 || at === node.table.body.length ? 0.8 : 0.4),
      vLineWidth: () => 0,
      hLineColor: () => colours.hairline,
      paddingLeft: (at) => (at === 0 ? 0 : gutter),
      paddingRight: (at) => (at === 3 ? 0 : gutter),
      paddingTop: () => density.padding,
      paddingBottom: () => density.padding,
    },
    margin: [0, 0, 0, density.gap],
  }
}

function cells(row: Row, density: Density, fonts: Fonts): TableCell[] {
  const { text: size, label } = density
  const line = baseline(size * arabicStep)
  const drop = (one: number): number => line - baseline(one)
  const labels = {
    fr: textNode(row.label.fr, { side: 'fr', size: label, colour: colours.muted, above: drop(label) }, fonts),
    ar: textNode(
      row.label.ar,
      { side: 'ar', size: label, colour: colours.muted, above: drop(label * arabicStep) },
      fonts,
    ),
  }
  const note = (side: 'fr' | 'ar', above: number) =>
    row.note === undefined
      ? []
      : [textNode(row.note[side], { side, size: label * 0.94, colour: colours.muted, above }, fonts)]
  if ('text' in row.value) {
    const value = textNode(
      row.value.text,
      { side: 'fr', size, bold: true, alignment: 'center', above: drop(size) },
      fonts,
    )
    const beside = label * 0.94
    const columns: Content = {
      columns: [
        { width: '*', stack: note('fr', drop(beside)) },
        { width: 'auto', stack: [value] },
        { width: '*', stack: note('ar', drop(beside * arabicStep)) },
      ],
      columnGap: 4,
    }
    return [labels.fr, { colSpan: 2, ...(row.note === undefined ? value : columns) }, {}, labels.ar]
  }
  const half = (side: 'fr' | 'ar', text: string): Content => ({
    stack: [
      textNode(text, { side, size, bold: row.strong ?? false, above: side === 'fr' ? drop(size) : 0 }, fonts),
      ...note(side, 0),
    ],
  })
  const [fr, ar] = [half('fr', row.value.fr), half('ar', row.value.ar)]
  const weight = row.strong === true ? 'bold' : 'normal'
  const wide = hasWideWord(row.value.fr, size, weight, fonts) || hasWideWord(row.value.ar, size, weight, fonts)
  return wide ? [labels.fr, { colSpan: 2, stack: [ar, fr] }, {}, labels.ar] : [labels.fr, fr, ar, labels.ar]
}

/** No shorter word is as wide as half a row, whatever its letters. */
const shortWord = 10

/** Whether a word would have to be cut beside the other language: then each language takes the whole row. */
const hasWideWord = (text: string, size: number, weight: Weight, fonts: Fonts): boolean =>
  withoutControls(text)
    .split(' ')
    .some((word) => word.length > shortWord && widthOf(word, size * arabicStep, weight, fonts) > halfWidth)

/** What the law has the receipt say: the last day in evidence, then the sentences face to face. */
export function outcomeBox(document: ReceiptDocument, density: Density, fonts: Fonts): Content {
  const { label, lastDay, sentences } = document.outcome
  const size = density.text * 1.5
  const day = textNode(lastDay, { side: 'fr', size, bold: true, alignment: 'center' }, fonts)
  const said = sentences.map((sentence) => bilingualLine(sentence, { size: density.label, above: 1.2 }, fonts))
  const colour = document.kind === 'complete' ? colours.accent : colours.alert
  return boxed(
    { stack: [labelled(label, day, { width: 96, valueSize: size, labelSize: density.label }, fonts), ...said] },
    {
      fill: document.specimen === undefined ? colours.tint : null,
      line: colour,
      padding: 2 + density.padding,
      above: 0,
      below: density.gap,
    },
  )
}

/** A ruled box the width of the page. */
function boxed(
  inside: Content,
  box: {
    readonly fill: string | null
    readonly line: string
    readonly padding: number
    readonly above: number
    readonly below: number
  },
): Content {
  return {
    table: { widths: ['*'], body: [[inside]], dontBreakRows: true },
    layout: {
      hLineWidth: () => 0.7,
      vLineWidth: () => 0.7,
      hLineColor: () => box.line,
      vLineColor: () => box.line,
      paddingLeft: () => 8,
      paddingRight: () => 8,
      paddingTop: () => box.padding,
      paddingBottom: () => box.padding + 1,
      fillColor: () => box.fill,
    },
    margin: [0, box.above, 0, box.below],
  }
}
