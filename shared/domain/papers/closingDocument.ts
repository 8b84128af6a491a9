import { type z } from 'zod'
import { fill } from '../../text/fill.ts'
import type { ClosingFacts, DayAmounts } from '../closing/closing.ts'
import { datum, formatDay, formatDirhams, formatInstant } from '../receipt/receiptText.ts'
import type { Bilingual } from '../receipt/receiptText.ts'
import type { ClosingPaper } from './closing.ts'
import words from './closing.json' with { type: 'json' }
import { both, type PaperBlock, type PaperDocument, type PaperLine } from './paperDocument.ts'
import { drawing, paperTemplate, phrase, phrases } from './template.ts'

const amounts = ['issued', 'incomplete', 'cancelled', 'corrected', 'overridden', 'reprinted'] as const

/** `closing.json`. */
export const closingTemplate = paperTemplate({
  again: phrase('n'),
  page: phrase('page', 'pages'),
  ...phrases(...amounts),
  ...phrases('title', 'day', 'counter', 'agent', 'at', 'first', 'last', 'missing', 'none', 'figures', 'ofDay', 'total'),
  ...phrases('fees', 'days', 'procedures', 'open', 'pending', 'refused', 'papers', 'proof', 'journal', 'hash'),
  ...phrases('previous', 'anchor', 'countersigned', 'never', 'keep', 'signature'),
})
export type ClosingTemplate = z.infer<typeof closingTemplate>
type Words = ClosingTemplate['words']

/** More of them are in the register and in the act that the platform has. */
const mostProcedures = 12

const count = (label: Bilingual, value: number, strong = false): PaperLine => ({
  label,
  values: [datum(String(value))],
  strong,
})

/**
 * The paper of a closing: what the day held, the totals since the beginning, and what proves it.
 * @param paper a closing with its proof
 */
export function closingDocument(paper: ClosingPaper, { words }: ClosingTemplate): PaperDocument {
  const { facts } = paper
  const { figures, ordinal } = facts
  const ordinalText = datum(String(ordinal))
  const procedures = figures.procedures.slice(0, mostProcedures)
  return {
    fileTitle: `${words.title.fr} ${formatDay(figures.day)}`,
    letterhead: [...paper.authority, paper.office],
    title: words.title,
    blocks: [
      ...(ordinal === 1
        ? []
        : [
            {
              block: 'note',
              as: 'warning',
              text: both((side) => fill(words.again[side], { n: ordinalText })),
            } satisfies PaperBlock,
          ]),
      { block: 'lines', lines: identity(facts, words) },
      { block: 'heading', text: words.figures },
      { block: 'lines', lines: amountLines(facts, words), heads: [words.ofDay, words.total] },
      ...(procedures.length === 0
        ? []
        : ([
            { block: 'heading', text: words.procedures },
            {
              block: 'lines',
              lines: procedures.map(({ title, issued }) => ({ label: title, values: [datum(String(issued))] })),
            },
          ] satisfies PaperBlock[])),
      { block: 'heading', text: words.open },
      {
        block: 'lines',
        lines: (['pending', 'refused', 'papers'] as const).map((key) => count(words[key], figures.open[key])),
      },
      { block: 'heading', text: words.proof },
      { block: 'lines', lines: proof(paper, words) },
    ],
    kept: { keep: words.keep, signature: words.signature },
    foot: { text: `${facts.counter} · ${formatDay(figures.day)} · ${String(ordinal)}`, page: words.page },
  }
}

function identity(facts: ClosingFacts, words: Words): readonly PaperLine[] {
  const { day, time, offset } = formatInstant(facts.closedAt, 'UTC', facts.utcOffsetMinutes)
  const { numbers } = facts.figures
  return [
    { label: words.day, values: [datum(formatDay(facts.figures.day))], strong: true, size: 'large' },
    { label: words.counter, values: [datum(facts.counter)], strong: true },
    { label: words.agent, values: [datum(facts.agent)] },
    { label: words.at, values: [datum(`${day} ${time} (${offset})`)] },
    ...(numbers === undefined
      ? [{ label: words.first, values: [`${words.none.fr} · ${words.none.ar}`] }]
      : [
          { label: words.first, values: [datum(numbers.first)], strong: true },
          { label: words.last, values: [datum(numbers.last)], strong: true },
          count(words.missing, numbers.missing, numbers.missing > 0),
        ]),
  ]
}

function amountLines({ figures, totals }: ClosingFacts, words: Words): readonly PaperLine[] {
  const row = (key: keyof Omit<DayAmounts, 'feeCentimes'>): PaperLine => ({
    label: words[key],
    values: [datum(String(figures.amounts[key])), datum(String(totals[key]))],
    strong: key === 'issued',
  })
  return [
    ...amounts.map(row),
    {
      label: words.fees,
      values: [datum(formatDirhams(figures.amounts.feeCentimes)), datum(formatDirhams(totals.feeCentimes))],
      strong: true,
    },
    { label: words.days, values: ['', datum(String(totals.days))] },
  ]
}

function proof({ facts, hash, anchor }: ClosingPaper, words: Words): readonly PaperLine[] {
  const { countersigned } = facts
  const at = countersigned && formatInstant(countersigned.at, 'UTC', facts.utcOffsetMinutes)
  return [
    {
      label: words.journal,
      values: [`${datum(String(anchor.seq))}  ${datum(inEights(anchor.hash))}`],
      size: 'hash',
    },
    { label: words.hash, values: [datum(inEights(hash))], size: 'hash' },
    { label: words.previous, values: [datum(inEights(facts.previous))], size: 'hash' },
    {
      label: words.anchor,
      values: [`${datum(anchor.signature.slice(0, 43))} ${datum(anchor.signature.slice(43))}`],
      size: 'signature',
    },
    {
      label: words.countersigned,
      values: [
        countersigned === undefined || at === undefined
          ? `${words.never.fr} · ${words.never.ar}`
          : `${datum(String(countersigned.seq))}  ${datum(`${at.day} ${at.time}`)}  ${datum(countersigned.hash.slice(0, 32))}…`,
      ],
      size: 'hash',
    },
  ]
}

/** Groups of eight, so that a person can compare them. */
const inEights = (hash: string): string => hash.match(/.{1,8}/g)?.join(' ') ?? hash

/** How the press draws it. */
export const closingDrawing = drawing(closingTemplate, words, closingDocument)
