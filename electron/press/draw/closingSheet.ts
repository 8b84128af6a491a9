import type { Content } from 'pdfmake'
import type { ClosingFacts, DayAmounts } from '#shared/domain/closing/closing.ts'
import type { ClosingPaper } from '#shared/domain/papers/closing.ts'
import { formatDay, formatDirhams, formatInstant, type Bilingual } from '#shared/domain/receipt/receiptText.ts'
import { closingWords as words } from './closingWords.ts'
import type { Fonts } from '../engine/fonts.ts'
import { drawQr } from '../engine/qr.ts'
import type { Sheet } from '../engine/engine.ts'
import { colours, bilingualLine, textNode } from '../engine/setting.ts'
import {
  a4,
  a4Column,
  a4Margins,
  figure,
  heading,
  officeHead,
  pageFoot,
  labelledTable,
  statementTitle,
} from './statement.ts'

const mm = 72 / 25.4
/** The code without its quiet zone; it stands at the foot of every page. */
const qrSide = 38 * mm
const band = qrSide + 30

/** From roomy to tight, in points over and under each line: a long day shrinks before it takes a second page. */
export const closingPaddings = [3, 1.6, 0.6] as const

/**
 * The statement of a closing: what the day held, the totals since the beginning, and what proves it, in French and
 * Arabic.
 */
export function closingSheet(statement: ClosingPaper, seal: string, fonts: Fonts, padding: number): Sheet {
  const above = padding * 2 + 4
  const { facts } = statement
  const { figures } = facts
  const title = { fr: `${words.title.fr} ${formatDay(figures.day)}`, ar: words.title.ar }
  return {
    title: title.fr,
    size: a4,
    margins: { ...a4Margins, bottom: band + a4Margins.bottom },
    content: [
      officeHead(statement, fonts),
      statementTitle(words.title, fonts),
      ...(facts.ordinal === 1
        ? []
        : [
            bilingualLine(
              numbered(words.again, facts.ordinal),
              { size: 8, bold: true, colour: colours.alert, below: 4 },
              fonts,
            ),
          ]),
      labelledTable(identity(facts), fonts, [], padding),
      heading(words.figures, fonts, above),
      labelledTable(amountLines(facts), fonts, [words.ofDay, words.total], padding),
      ...(figures.procedures.length === 0
        ? []
        : [
            heading(words.procedures, fonts, above),
            labelledTable(
              figures.procedures.slice(0, mostProcedures).map((one) => ({
                label: { fr: one.title.fr, ar: one.title.ar },
                values: [figure(String(one.issued))],
              })),
              fonts,
              [],
              padding,
            ),
          ]),
      heading(words.open, fonts, above),
      labelledTable(
        [
          line(words.pending, figures.open.pending),
          line(words.refused, figures.open.refused),
          line(words.papers, figures.open.papers),
        ],
        fonts,
        [],
        padding,
      ),
      heading(words.proof, fonts, above),
      labelledTable(proof(statement), fonts, [], padding),
    ],
    footer: (page, pages) => foot(page, pages, facts, fonts),
    background: (page) => {
      drawQr(page, seal, a4.width - a4Margins.right - qrSide, a4.height - a4Margins.bottom - qrSide - 8, qrSide)
    },
  }
}

/** More than these are in the register and in the act that the platform has. */
const mostProcedures = 12

const numbered = (text: Bilingual, n: number): Bilingual => ({
  fr: text.fr.replace('{n}', figure(String(n))),
  ar: text.ar.replace('{n}', figure(String(n))),
})
const line = (
  label: Bilingual,
  value: number,
  strong = false,
): { label: Bilingual; values: string[]; strong: boolean } => ({ label, values: [figure(String(value))], strong })

function identity(facts: ClosingFacts): Parameters<typeof labelledTable>[0] {
  const { day, time, offset } = formatInstant(facts.closedAt, 'UTC', facts.utcOffsetMinutes)
  const { numbers } = facts.figures
  return [
    { label: words.day, values: [figure(formatDay(facts.figures.day))], strong: true, size: 12 },
    { label: words.counter, values: [figure(facts.counter)], strong: true },
    { label: words.agent, values: [figure(facts.agent)] },
    { label: words.at, values: [figure(`${day} ${time} (${offset})`)] },
    ...(numbers === undefined
      ? [{ label: words.first, values: [`${words.none.fr} · ${words.none.ar}`] }]
      : [
          { label: words.first, values: [figure(numbers.first)], strong: true },
          { label: words.last, values: [figure(numbers.last)], strong: true },
          line(words.missing, numbers.missing, numbers.missing > 0),
        ]),
  ]
}

function amountLines({ figures, totals }: ClosingFacts): Parameters<typeof labelledTable>[0] {
  const row = (key: keyof Omit<DayAmounts, 'feeCentimes'>, strong = false) => ({
    label: words[key],
    values: [figure(String(figures.amounts[key])), figure(String(totals[key]))],
    strong,
  })
  return [
    row('issued', true),
    row('incomplete'),
    row('cancelled'),
    row('corrected'),
    row('overridden'),
    row('reprinted'),
    {
      label: words.fees,
      values: [figure(formatDirhams(figures.amounts.feeCentimes)), figure(formatDirhams(totals.feeCentimes))],
      strong: true,
    },
    { label: words.days, values: ['', figure(String(totals.days))] },
  ]
}

function proof({ facts, hash, anchor }: ClosingPaper): Parameters<typeof labelledTable>[0] {
  const { countersigned } = facts
  const at = countersigned && formatInstant(countersigned.at, 'UTC', facts.utcOffsetMinutes)
  const small = { size: 6.2 }
  return [
    { label: words.journal, values: [`${figure(String(anchor.seq))}  ${figure(grouped(anchor.hash))}`], ...small },
    { label: words.hash, values: [figure(grouped(hash))], ...small },
    { label: words.previous, values: [figure(grouped(facts.previous))], ...small },
    {
      label: words.anchor,
      values: [`${figure(anchor.signature.slice(0, 43))} ${figure(anchor.signature.slice(43))}`],
      size: 5.4,
    },
    {
      label: words.countersigned,
      values: [
        countersigned === undefined || at === undefined
          ? `${words.never.fr} · ${words.never.ar}`
          : `${figure(String(countersigned.seq))}  ${figure(`${at.day} ${at.time}`)}  ${figure(countersigned.hash.slice(0, 32))}…`,
      ],
      ...small,
    },
  ]
}

/** Groups of eight, so that a person can compare them. */
const grouped = (hash: string): string => hash.match(/.{1,8}/g)?.join(' ') ?? hash

const foot = (page: number, pages: number, facts: ClosingFacts, fonts: Fonts): Content => ({
  stack: [
    {
      margin: [a4Margins.left, 8, a4Margins.right, 0],
      columns: [
        {
          width: a4Column - qrSide - 16,
          stack: [
            bilingualLine(words.keep, { size: 6.6, colour: colours.muted, below: 8 }, fonts),
            bilingualLine(words.signature, { size: 7, colour: colours.muted }, fonts),
            {
              canvas: [
                {
                  type: 'rect',
                  x: 0,
                  y: 4,
                  w: a4Column - qrSide - 16,
                  h: qrSide - 34,
                  lineWidth: 0.6,
                  lineColor: colours.hairline,
                },
              ],
            },
          ],
        },
        { width: '*', text: '' },
      ],
    },
    { ...textNode('', { side: 'fr', size: 2 }, fonts), margin: [0, 4, 0, 0] },
    pageFoot(
      `${facts.counter} · ${formatDay(facts.figures.day)} · ${String(facts.ordinal)}`,
      words.page,
      page,
      pages,
      fonts,
    ),
  ],
})
