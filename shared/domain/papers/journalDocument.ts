import { z } from 'zod'
import type { JournalEntry } from '../closing/journalView.ts'
import { type ClosingView } from '../closing/closingView.ts'
import { fill } from '../../text/fill.ts'
import { datum, formatDay, formatInstant, isolated, type Bilingual } from '../receipt/receiptText.ts'
import type { JournalReport } from './journal.ts'
import words from './journal.json' with { type: 'json' }
import { both, type PaperBlock, type PaperDocument, type PaperLine } from './paperDocument.ts'
import { drawing, paperTemplate, phrase, phrases } from './template.ts'

const broken = phrases(
  ...(['changed', 'missing', 'place', 'previous', 'anchor', 'headAhead', 'headDiffers', 'headSignature'] as const),
  ...(['closing', 'log'] as const),
)
const counted = ['links', 'anchors', 'heads', 'closings', 'logged'] as const

/** `journal.json`. */
export const journalTemplate = paperTemplate({
  unsound: phrase('what', 'seq'),
  limited: phrase('n'),
  page: phrase('page', 'pages'),
  broken: z.strictObject(broken),
  ...phrases(...counted),
  ...phrases(
    'title',
    'sound',
    'counter',
    'madeAt',
    'madeBy',
    'newest',
    'entries',
    'line',
    'when',
    'print',
    'who',
    'what',
  ),
  ...phrases('subject', 'reopened', 'day', 'issued', 'total'),
})
export type JournalTemplate = z.infer<typeof journalTemplate>
type Words = JournalTemplate['words']

/** An auditor's report on the journal; its length is bounded by its caller. */
export function journalDocument(report: JournalReport, { words }: JournalTemplate): PaperDocument {
  const { verdict, proofs, entries, cut } = report
  const at = (instant: string): string => {
    const { day, time } = formatInstant(instant, 'UTC', report.utcOffsetMinutes)
    return datum(`${day} ${time}`)
  }
  const lines: readonly PaperLine[] = [
    { label: words.counter, values: [datum(report.counter)], strong: true },
    { label: words.madeAt, values: [at(report.madeAt)] },
    { label: words.madeBy, values: [datum(report.madeBy)] },
    ...counted.map((key) => ({ label: words[key], values: [datum(String(verdict[key]))] })),
    { label: words.newest, values: [datum(verdict.head)], size: 'hash' },
  ]
  const under = (text: Bilingual, table: Omit<Extract<PaperBlock, { block: 'table' }>, 'block'>): PaperBlock[] =>
    table.rows.length === 0
      ? []
      : [
          { block: 'heading', text },
          { block: 'table', ...table },
        ]
  return {
    fileTitle: `${words.title.fr} ${report.counter}`,
    letterhead: [...report.authority, report.office],
    title: words.title,
    blocks: [
      { block: 'note', as: verdict.broken === undefined ? 'sound' : 'unsound', text: verdictIn(verdict.broken, words) },
      { block: 'lines', lines },
      ...under(words.heads, {
        heads: [words.line, words.when, words.print],
        widths: [40, 90, '*'],
        rows: proofs.heads.map((head) => [datum(String(head.seq)), at(head.at), datum(head.hash)]),
      }),
      ...under(words.closings, {
        heads: [words.day, words.line, words.issued, words.total, words.print],
        widths: [86, 40, 70, 80, '*'],
        rows: proofs.closings.map((closing) => [
          closingName(closing, words),
          datum(String(closing.anchor.seq)),
          datum(String(closing.issued)),
          datum(String(closing.totals.issued)),
          datum(closing.hash.slice(0, 24)),
        ]),
      }),
      { block: 'heading', text: words.entries },
      ...(cut
        ? [
            {
              block: 'note',
              as: 'remark',
              text: both((side) => fill(words.limited[side], { n: datum(String(entries.length)) })),
            } satisfies PaperBlock,
          ]
        : []),
      {
        block: 'table',
        heads: [words.line, words.when, words.who, words.what, words.subject, words.print],
        widths: [34, 66, 40, 88, '*', 64],
        rows: entries.map((entry) => [
          datum(String(entry.seq)),
          at(entry.at),
          datum(entry.actor),
          datum(entry.kind),
          subjectOf(entry),
          datum(entry.hash.slice(0, 16)),
        ]),
      },
    ],
    foot: { text: `${report.counter} · ${verdict.head.slice(0, 32)}`, page: words.page },
  }
}

const verdictIn = (found: JournalReport['verdict']['broken'], words: Words): Bilingual =>
  found === undefined
    ? words.sound
    : both((side) => fill(words.unsound[side], { what: words.broken[found.what][side], seq: datum(String(found.seq)) }))

const closingName = ({ day, ordinal, reopened }: ClosingView, words: Words): string =>
  `${datum(formatDay(day))}${ordinal === 1 ? '' : ` (${String(ordinal)})`}${reopened === undefined ? '' : ` ${words.reopened.fr}`}`

/** What it is about, and the reason where one was given. */
const subjectOf = ({ subject, body }: JournalEntry): string => {
  const { number, reason } = body
  const about = typeof number === 'string' ? number : subject.length > 36 ? `${subject.slice(0, 16)}…` : subject
  return typeof reason === 'string' ? `${datum(about)} ${isolated(reason.slice(0, 80))}` : datum(about)
}

/** How the press draws it. */
export const journalDrawing = drawing(journalTemplate, words, journalDocument)
