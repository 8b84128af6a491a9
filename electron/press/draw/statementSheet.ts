import type { Content } from 'pdfmake'
import type { StatementDocument } from '#shared/domain/papers/statementDocument.ts'
import type { Fonts } from '../engine/fonts.ts'
import { a5 } from './page.ts'
import { letterhead, rowTable } from './receiptParts.ts'
import type { Sheet } from '../engine/engine.ts'
import { colours, bilingualLine, textNode } from '../engine/setting.ts'

const margins = { left: 27, top: 25, right: 27, bottom: 40 } as const
const density = { text: 8.4, label: 7, gap: 8, padding: 3.2 } as const

/** The answer to a person who asked about his data, as a sheet to be set. */
export function statementSheet(document: StatementDocument, fonts: Fonts): Sheet {
  const { title, opening, sections, remedy } = document
  return {
    title: title.fr,
    size: a5,
    margins,
    content: [
      letterhead(document, fonts),
      textNode(
        title.ar,
        { side: 'ar', size: density.text * 1.5, bold: true, alignment: 'center', above: density.gap },
        fonts,
      ),
      textNode(
        title.fr,
        {
          side: 'fr',
          size: density.text * 1.25,
          bold: true,
          alignment: 'center',
          colour: colours.accent,
          below: density.gap,
        },
        fonts,
      ),
      bilingualLine(opening, { size: density.label, below: density.gap }, fonts),
      ...sections.flatMap(({ heading, rows }): Content[] => [
        ...(heading === undefined
          ? []
          : [
              bilingualLine(
                heading,
                { size: density.text, bold: true, colour: colours.accent, above: density.gap, below: 3 },
                fonts,
              ),
            ]),
        rowTable(rows, density, fonts),
      ]),
      bilingualLine(remedy, { size: density.label, colour: colours.muted, above: density.gap }, fonts),
    ],
    footer: (page, pages) => ({
      margin: [margins.left, 14, margins.right, 0],
      stack: [
        textNode(
          `${String(page)} / ${String(pages)}`,
          { side: 'fr', size: 6, alignment: 'center', colour: colours.muted },
          fonts,
        ),
      ],
    }),
  }
}
