import { type z } from 'zod'
import { datum, formatDay, formatInstant, isolated } from '../../../domain/receipt/receiptText.ts'
import type { PaperBlock, PaperDocument, PaperLine } from '../../../domain/papers/paperDocument.ts'
import { drawing, paperTemplate, phrase, phrases } from '../../../domain/papers/template.ts'
import { fill } from '../../../text/fill.ts'
import type { RegisterLine, RegisterPaper } from './paperFacts.ts'
import words from './register.json' with { type: 'json' }

/** `register.json`. */
const registerTemplate = paperTemplate({
  page: phrase('page', 'pages'),
  cancelled: phrase('reason'),
  theirReference: phrase('reference'),
  answers: phrase('number'),
  ...phrases('title', 'day', 'year', 'counter', 'agent', 'at', 'arrival', 'departure', 'internal', 'register', 'count'),
  ...phrases(
    'cancelledCount',
    'first',
    'last',
    'none',
    'lines',
    'number',
    'hour',
    'party',
    'subject',
    'service',
    'late',
  ),
  ...phrases(
    'changes',
    'change',
    'changedCancelled',
    'changedRouted',
    'changedScanAdded',
    'changedAcknowledged',
    'days',
    'proof',
    'hash',
    'previous',
  ),
  ...phrases(
    'unused',
    'reference',
    'givenTo',
    'notUsed',
    'notSent',
    'byMistake',
    'otherWay',
    'confidential',
    'keep',
    'signature',
  ),
})
type RegisterTemplate = z.infer<typeof registerTemplate>
type Words = RegisterTemplate['words']

const table = (
  heads: readonly (keyof Words)[],
  widths: readonly (number | '*')[],
  rows: readonly string[][],
  w: Words,
) => ({ block: 'table', heads: heads.map((one) => w[one]), widths, rows }) satisfies PaperBlock

/** The register of a day with its lines and what was changed of older ones, or of a year with its days. */
function registerDocument(paper: RegisterPaper, { words }: RegisterTemplate): PaperDocument {
  const isDay = paper.period.length === 10
  const period = isDay ? formatDay(paper.period) : paper.period
  return {
    fileTitle: `${words.title.fr} ${period}`,
    letterhead: [...paper.authority, paper.office],
    title: words.title,
    blocks: [
      { block: 'lines', lines: identity(paper, words, { isDay, period }) },
      table(
        ['register', 'count', 'cancelledCount', 'first', 'last'],
        [110, 60, 60, '*', '*'],
        paper.registers.map(({ register, count, cancelled, first, last }) => [
          `${words[register].fr} · ${words[register].ar}`,
          datum(String(count)),
          datum(String(cancelled)),
          datum(first ?? '–'),
          datum(last ?? '–'),
        ]),
        words,
      ),
      ...(isDay ? linesOf(paper, words) : daysOf(paper, words)),
      ...changesOf(paper, words),
      ...unusedOf(paper, words),
      { block: 'heading', text: words.proof },
      {
        block: 'lines',
        lines: [
          { label: words.hash, values: [datum(inEights(paper.hash))], size: 'hash' },
          {
            label: words.previous,
            values: [paper.previous === '' ? `${words.none.fr} · ${words.none.ar}` : datum(inEights(paper.previous))],
            size: 'hash',
          },
        ],
      },
    ],
    kept: { keep: words.keep, signature: words.signature },
    foot: { text: `${paper.counter} · ${period}`, page: words.page },
  }
}

const identity = (
  paper: RegisterPaper,
  words: Words,
  { isDay, period }: { readonly isDay: boolean; readonly period: string },
): readonly PaperLine[] => {
  const { day, time, offset } = formatInstant(paper.at, 'UTC', paper.utcOffsetMinutes)
  return [
    { label: isDay ? words.day : words.year, values: [datum(period)], strong: true, size: 'large' },
    { label: words.counter, values: [datum(paper.counter)], strong: true },
    { label: words.agent, values: [datum(paper.agent)] },
    { label: words.at, values: [datum(`${day} ${time} (${offset})`)] },
  ]
}

const linesOf = (paper: RegisterPaper, words: Words): readonly PaperBlock[] =>
  paper.lines.length === 0
    ? []
    : [
        { block: 'heading', text: words.lines },
        table(
          ['number', 'hour', 'party', 'subject', 'service'],
          [94, 42, 120, '*', 50],
          paper.lines.map((line) => rowOf(line, paper.utcOffsetMinutes, words)),
          words,
        ),
      ]

const rowOf = (line: RegisterLine, offset: number, words: Words): string[] => {
  const { time } = formatInstant(line.registeredAt, 'UTC', offset)
  const marks = [
    ...(line.late ? [words.late.fr] : []),
    ...(line.cancelled === '' ? [] : [fill(words.cancelled.fr, { reason: isolated(line.cancelled) })]),
  ]
  const { reference, theirReference = '', answers } = line
  const known = [
    ...(reference === '' ? [] : [datum(reference)]),
    ...(theirReference === '' ? [] : [fill(words.theirReference.fr, { reference: datum(theirReference) })]),
    ...(answers === undefined ? [] : [fill(words.answers.fr, { number: datum(answers) })]),
  ]
  const subject = line.confidential ? `${words.confidential.fr} · ${words.confidential.ar}` : isolated(line.subject)
  return [
    datum(line.number),
    datum(time),
    [isolated(line.party), ...known].join(' · '),
    [subject, ...marks].join(' · '),
    isolated(line.service),
  ]
}

const daysOf = (paper: RegisterPaper, words: Words): readonly PaperBlock[] =>
  paper.days.length === 0
    ? []
    : [
        { block: 'heading', text: words.days },
        table(
          ['day', 'count', 'cancelledCount', 'hash'],
          [80, 60, 70, '*'],
          paper.days.map(({ day, count, cancelled, hash }) => [
            datum(formatDay(day)),
            datum(String(count)),
            datum(String(cancelled)),
            datum(hash.slice(0, 32)),
          ]),
          words,
        ),
      ]

const changesOf = (paper: RegisterPaper, words: Words): readonly PaperBlock[] =>
  paper.changes.length === 0
    ? []
    : [
        { block: 'heading', text: words.changes },
        table(
          ['number', 'change', 'subject'],
          [110, 90, '*'],
          paper.changes.map(({ number, what, text }) => {
            const said = {
              cancelled: 'changedCancelled',
              routed: 'changedRouted',
              scanAdded: 'changedScanAdded',
              acknowledged: 'changedAcknowledged',
            } as const
            const { fr, ar } = words[said[what]]
            return [datum(number), `${fr} · ${ar}`, what === 'acknowledged' ? formatDay(text) : isolated(text)]
          }),
          words,
        ),
      ]

const unusedOf = ({ unused = [] }: RegisterPaper, words: Words): readonly PaperBlock[] =>
  unused.length === 0
    ? []
    : [
        { block: 'heading', text: words.unused },
        table(
          ['reference', 'service', 'givenTo', 'notUsed'],
          ['*', 130, 80, 130],
          unused.map(({ text, service, agent, reason }) => [
            datum(text),
            isolated(service),
            datum(agent),
            reason === undefined ? '' : `${words[reason].fr} · ${words[reason].ar}`,
          ]),
          words,
        ),
      ]

/** Groups of eight, so that a person can compare them. */
const inEights = (hash: string): string => hash.match(/.{1,8}/g)?.join(' ') ?? hash

/** How the press draws it. */
export const registerDrawing = drawing(registerTemplate, words, registerDocument)
