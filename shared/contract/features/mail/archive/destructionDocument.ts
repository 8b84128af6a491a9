import { type z } from 'zod'
import type { PaperDocument } from '../../../../domain/papers/paperDocument.ts'
import { drawing, paperTemplate, phrase, phrases } from '../../../../domain/papers/template.ts'
import { datum, formatDay, formatInstant, isolated } from '../../../../domain/receipt/receiptText.ts'
import words from './destruction.json' with { type: 'json' }
import type { DestructionPaper } from './paperFacts.ts'

/** `destruction.json`. */
const destructionTemplate = paperTemplate({
  page: phrase('page', 'pages'),
  ...phrases('title', 'list', 'at', 'agent', 'proposedBy', 'approvedBy', 'agreement', 'class', 'span', 'letters'),
  ...phrases('files', 'numbers', 'digest', 'copies', 'stays', 'keep', 'signature'),
})

/** Who, on whose agreement, what by its class and numbers, and until when a copy of it is left. */
function destructionDocument(paper: DestructionPaper, { words }: z.infer<typeof destructionTemplate>): PaperDocument {
  const { day, time } = formatInstant(paper.at, 'UTC', paper.utcOffsetMinutes)
  const number = `${paper.counter} / E-${String(paper.rank)}`
  return {
    fileTitle: `${words.title.fr} ${number}`,
    letterhead: [...paper.authority, paper.office],
    title: words.title,
    blocks: [
      {
        block: 'lines',
        lines: [
          { label: words.list, values: [datum(number)], strong: true, size: 'large' },
          { label: words.at, values: [datum(`${day} ${time}`)], strong: true },
          {
            label: words.agreement,
            values: [`${isolated(paper.agreement)} · ${datum(formatDay(paper.agreedOn))}`],
            strong: true,
          },
          { label: words.proposedBy, values: [datum(paper.proposedBy)] },
          { label: words.approvedBy, values: [datum(paper.approvedBy)] },
          { label: words.agent, values: [datum(paper.agent)] },
        ],
      },
      {
        block: 'table',
        heads: [words.class, words.span, words.letters, words.files],
        widths: ['*', 140, 64, 56],
        rows: paper.classes.map((one) => [
          `${datum(one.code)} · ${isolated(one.name.fr)} · ${isolated(one.name.ar)}`,
          datum(`${formatDay(one.first)} – ${formatDay(one.last)}`),
          datum(String(one.letters)),
          datum(String(one.files)),
        ]),
      },
      { block: 'heading', text: words.numbers },
      {
        block: 'table',
        heads: [words.numbers, words.numbers, words.numbers],
        widths: ['*', '*', '*'],
        rows: inThrees(paper.numbers.map((one) => datum(one))),
      },
      {
        block: 'lines',
        lines: [
          { label: words.digest, values: [datum(paper.digest)], size: 'hash' },
          { label: words.copies, values: [datum(formatDay(paper.copiesUntil))] },
        ],
      },
      { block: 'note', as: 'remark', text: words.stays },
    ],
    kept: { keep: words.keep, signature: words.signature },
    foot: { text: number, page: words.page },
  }
}

const inThrees = (all: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(all.length / 3) }, (_, row) => [0, 1, 2].map((at) => all[row * 3 + at] ?? ''))

/** How the press draws it. */
export const destructionDrawing = drawing(destructionTemplate, words, destructionDocument)
