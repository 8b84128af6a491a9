import { type z } from 'zod'
import type { PaperBlock, PaperDocument } from '../../../../domain/papers/paperDocument.ts'
import { drawing, paperTemplate, phrase, phrases } from '../../../../domain/papers/template.ts'
import { datum, formatDay, formatInstant, isolated } from '../../../../domain/receipt/receiptText.ts'
import { fill } from '../../../../text/fill.ts'
import words from './list.json' with { type: 'json' }
import type { ArchiveListPaper } from './paperFacts.ts'

/** `list.json`. */
const listTemplate = paperTemplate({
  page: phrase('page', 'pages'),
  years: phrase('active', 'semiActive'),
  ...phrases('transfer', 'elimination', 'list', 'at', 'agent', 'total', 'span', 'class', 'rule', 'rank', 'number'),
  ...phrases('letter', 'pieces', 'confidential', 'digest', 'law', 'keepTransfer', 'keepElimination', 'signature'),
})
type Words = z.infer<typeof listTemplate>['words']

/** Class by class, with its rule and the days of the oldest and of the newest letter, as a list of the archive has it. */
function listDocument(paper: ArchiveListPaper, { words }: z.infer<typeof listTemplate>): PaperDocument {
  const { day, time } = formatInstant(paper.at, 'UTC', paper.utcOffsetMinutes)
  const isTransfer = paper.kind === 'transfer'
  const number = `${paper.counter} / ${isTransfer ? 'V' : 'E'}-${String(paper.rank)}`
  const total = paper.classes.reduce((sum, { letters }) => sum + letters, 0)
  return {
    fileTitle: `${words[paper.kind].fr} ${number}`,
    letterhead: [...paper.authority, paper.office],
    title: words[paper.kind],
    blocks: [
      {
        block: 'lines',
        lines: [
          { label: words.list, values: [datum(number)], strong: true, size: 'large' },
          { label: words.at, values: [datum(`${day} ${time}`)] },
          { label: words.agent, values: [datum(paper.agent)] },
          { label: words.total, values: [datum(String(total))], strong: true },
        ],
      },
      ...(isTransfer ? [] : [{ block: 'note', as: 'remark', text: words.law } satisfies PaperBlock]),
      ...paper.classes.flatMap((one) => classBlocks(one, words, isTransfer)),
      { block: 'lines', lines: [{ label: words.digest, values: [datum(paper.digest)], size: 'hash' }] },
    ],
    kept: { keep: isTransfer ? words.keepTransfer : words.keepElimination, signature: words.signature },
    foot: { text: number, page: words.page },
  }
}

const classBlocks = (
  one: ArchiveListPaper['classes'][number],
  words: Words,
  isTransfer: boolean,
): readonly PaperBlock[] => {
  const places = { active: datum(String(one.active)), semiActive: datum(String(one.semiActive)) }
  return [
    { block: 'heading', text: { fr: `${one.code} · ${one.name.fr}`, ar: `${one.name.ar} · ${datum(one.code)}` } },
    {
      block: 'lines',
      lines: [
        { label: words.total, values: [datum(String(one.letters))] },
        { label: words.span, values: [datum(`${formatDay(one.first)} – ${formatDay(one.last)}`)] },
        {
          label: words.rule,
          values: [`${isolated(fill(words.years.fr, places))} · ${isolated(fill(words.years.ar, places))}`],
        },
      ],
    },
    {
      block: 'table',
      heads: [words.rank, words.number, ...(isTransfer ? [words.letter] : []), words.pieces],
      widths: isTransfer ? [28, 124, '*', 48] : [28, '*', 60],
      rows: one.lines.map((line, at) => [
        datum(String(at + 1)),
        `${datum(line.number)} ${datum(formatDay(line.receivedOn))}`,
        ...(isTransfer ? [lineText(line, words)] : []),
        datum(String(line.files)),
      ]),
    },
  ]
}

const lineText = (
  { confidential, party, subject }: ArchiveListPaper['classes'][number]['lines'][number],
  { confidential: silent }: Words,
): string => (confidential ? `${silent.fr} · ${silent.ar}` : `${isolated(party)} · ${isolated(subject)}`)

/** How the press draws it. */
export const archiveListDrawing = drawing(listTemplate, words, listDocument)
