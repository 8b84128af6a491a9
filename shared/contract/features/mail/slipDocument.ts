import { type z } from 'zod'
import { datum, formatInstant, isolated } from '../../../domain/receipt/receiptText.ts'
import type { PaperDocument } from '../../../domain/papers/paperDocument.ts'
import { drawing, paperTemplate, phrase, phrases } from '../../../domain/papers/template.ts'
import type { SlipPaper } from './paperFacts.ts'
import words from './slip.json' with { type: 'json' }

/** `slip.json`. */
const slipTemplate = paperTemplate({
  page: phrase('page', 'pages'),
  ...phrases('title', 'slip', 'to', 'at', 'agent', 'designation', 'number', 'remarks', 'total'),
  ...phrases('confidential', 'keep', 'signature'),
})
type SlipTemplate = z.infer<typeof slipTemplate>

/** Three columns and their total, and a place to sign for who takes the papers. */
function slipDocument(paper: SlipPaper, { words }: SlipTemplate): PaperDocument {
  const { day, time } = formatInstant(paper.at, 'UTC', paper.utcOffsetMinutes)
  const pieces = paper.lines.reduce((sum, line) => sum + line.pieces, 0)
  return {
    fileTitle: `${words.title.fr} ${String(paper.rank)}`,
    letterhead: [...paper.authority, paper.office],
    title: words.title,
    blocks: [
      {
        block: 'lines',
        lines: [
          {
            label: words.slip,
            values: [datum(`${paper.counter} / ${String(paper.rank)}`)],
            strong: true,
            size: 'large',
          },
          { label: words.to, values: [`${isolated(paper.service.fr)} · ${isolated(paper.service.ar)}`], strong: true },
          { label: words.at, values: [datum(`${day} ${time}`)] },
          { label: words.agent, values: [datum(paper.agent)] },
        ],
      },
      {
        block: 'table',
        heads: [words.designation, words.number, words.remarks],
        widths: ['*', 60, 130],
        rows: [
          ...paper.lines.map(({ number, confidential, party, subject, pieces: count }) => [
            confidential
              ? `${datum(number)} · ${words.confidential.fr} · ${words.confidential.ar}`
              : `${datum(number)} · ${isolated(party)} · ${isolated(subject)}`,
            datum(String(count)),
            '',
          ]),
          [`${words.total.fr} · ${words.total.ar}`, datum(String(pieces)), ''],
        ],
      },
    ],
    kept: { keep: words.keep, signature: words.signature },
    foot: { text: `${paper.counter} · ${String(paper.rank)}`, page: words.page },
  }
}

/** How the press draws it. */
export const slipDrawing = drawing(slipTemplate, words, slipDocument)
