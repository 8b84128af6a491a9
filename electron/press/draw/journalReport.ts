import type { Content, TableCell } from 'pdfmake'
import type { ClosingView, JournalEntry, JournalVerdict } from '#shared/contract/closing.ts'
import type { JournalReport } from '#shared/domain/papers/journal.ts'
import { formatDay, formatInstant, isolated, type Bilingual } from '#shared/domain/receipt/receiptText.ts'
import { brokenWords, closingWords as words } from './closingWords.ts'
import type { Fonts } from '../engine/fonts.ts'
import type { Sheet } from '../engine/engine.ts'
import { colours, bilingualLine, textNode } from '../engine/setting.ts'
import {
  a4,
  a4Margins,
  figure,
  hairlines,
  heading,
  officeHead,
  pageFoot,
  labelledTable,
  statementTitle,
} from './statement.ts'

/** The report as a sheet; its length is bounded by its caller. */
export function journalSheet(report: JournalReport, fonts: Fonts): Sheet {
  const { verdict, proofs, entries, cut } = report
  const at = (instant: string): string => {
    const { day, time } = formatInstant(instant, 'UTC', report.utcOffsetMinutes)
    return figure(`${day} ${time}`)
  }
  return {
    title: `${words.report.fr} ${report.counter}`,
    size: a4,
    margins: a4Margins,
    content: [
      officeHead(report, fonts),
      statementTitle(words.report, fonts),
      bilingualLine(
        verdictIn(verdict),
        { size: 10, bold: true, colour: verdict.broken === undefined ? colours.accent : colours.alert, below: 6 },
        fonts,
      ),
      labelledTable(
        [
          { label: words.counter, values: [figure(report.counter)], strong: true },
          { label: words.madeAt, values: [at(report.madeAt)] },
          { label: words.madeBy, values: [figure(report.madeBy)] },
          ...(
            [
              ['links', verdict.links],
              ['anchors', verdict.anchors],
              ['heads', verdict.heads],
              ['closings', verdict.closings],
              ['logged', verdict.logged],
            ] as const
          ).map(([key, value]) => ({ label: words[key], values: [figure(String(value))] })),
          { label: words.newest, values: [figure(verdict.head)], size: 6.2 },
        ],
        fonts,
      ),
      ...(proofs.heads.length === 0
        ? []
        : [
            heading(words.heads, fonts),
            table(
              [words.line, words.when, words.print],
              [40, 90, '*'],
              proofs.heads.map((head) => [figure(String(head.seq)), at(head.at), figure(head.hash)]),
              fonts,
            ),
          ]),
      ...(proofs.closings.length === 0
        ? []
        : [
            heading(words.closings, fonts),
            table(
              [words.day, words.line, words.issued, words.total, words.print],
              [86, 40, 70, 80, '*'],
              proofs.closings.map((closing) => [
                closingName(closing),
                figure(String(closing.anchor.seq)),
                figure(String(closing.issued)),
                figure(String(closing.totals.issued)),
                figure(closing.hash.slice(0, 24)),
              ]),
              fonts,
            ),
          ]),
      heading(words.entries, fonts),
      ...(cut
        ? [bilingualLine(counted(words.limited, entries.length), { size: 7, colour: colours.muted, below: 3 }, fonts)]
        : []),
      table(
        [words.line, words.when, words.who, words.what, words.subject, words.print],
        [34, 66, 40, 88, '*', 64],
        entries.map((entry) => [
          figure(String(entry.seq)),
          at(entry.at),
          figure(entry.actor),
          figure(entry.kind),
          subjectOf(entry),
          figure(entry.hash.slice(0, 16)),
        ]),
        fonts,
      ),
    ],
    footer: (page, pages) =>
      pageFoot(`${report.counter} · ${verdict.head.slice(0, 32)}`, words.page, page, pages, fonts),
  }
}

function verdictIn({ broken }: JournalVerdict): Bilingual {
  if (broken === undefined) return words.sound
  const fill = (text: string, what: string): string =>
    text.replace('{what}', what).replace('{seq}', figure(String(broken.seq)))
  return {
    fr: fill(words.unsound.fr, brokenWords[broken.what].fr),
    ar: fill(words.unsound.ar, brokenWords[broken.what].ar),
  }
}

const counted = (text: Bilingual, n: number): Bilingual => ({
  fr: text.fr.replace('{n}', figure(String(n))),
  ar: text.ar.replace('{n}', figure(String(n))),
})
const closingName = ({ day, ordinal, reopened }: ClosingView): string =>
  `${figure(formatDay(day))}${ordinal === 1 ? '' : ` (${String(ordinal)})`}${reopened === undefined ? '' : ` ${words.reopened.fr}`}`

/** What it is about, and the reason where one was given. */
const subjectOf = ({ subject, body }: JournalEntry): string => {
  const { number, reason } = body
  const about = typeof number === 'string' ? number : subject.length > 36 ? `${subject.slice(0, 16)}…` : subject
  return typeof reason === 'string' ? `${figure(about)} ${isolated(reason.slice(0, 80))}` : figure(about)
}

function table(
  heads: readonly Bilingual[],
  widths: readonly (number | '*')[],
  rows: readonly (readonly string[])[],
  fonts: Fonts,
): Content {
  const head = heads.map((one): TableCell => ({
    stack: [
      textNode(one.ar, { side: 'ar', size: 6.2, colour: colours.muted, alignment: 'left' }, fonts),
      textNode(one.fr, { side: 'fr', size: 6.2, colour: colours.muted }, fonts),
    ],
  }))
  const cells = (row: readonly string[]): TableCell[] =>
    row.map((text) => textNode(text, { side: 'fr', size: 6.4 }, fonts))
  return {
    table: { widths: [...widths], headerRows: 1, dontBreakRows: true, body: [head, ...rows.map(cells)] },
    layout: hairlines(1.6),
  }
}
