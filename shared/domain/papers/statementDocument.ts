import { z } from 'zod'
import { personalRight } from '../../contract/features/personalData/acts.ts'
import { datum, formatDay, formatInstant, isolated, type Bilingual } from '../receipt/receiptText.ts'
import { fill } from '../../text/fill.ts'
import { wipedKind } from '../retention.ts'
import type { Counted, StatementFacts, StatementFile } from './statement.ts'
import { paperTemplate, phrase } from './template.ts'

const noted = z.strictObject({ name: phrase(), why: phrase() })
const factLabels = z.strictObject({
  citizen: phrase(),
  nativeName: phrase(),
  birth: phrase(),
  nationality: phrase(),
  document: phrase(),
  maskedNumber: phrase(),
  address: phrase(),
  represented: phrase(),
  note: phrase(),
  procedure: phrase(),
  depositedAt: phrase(),
  readAt: phrase(),
  signature: phrase(),
  wipedAt: phrase(),
})

/** The wording of `statement.json`: what is said to a person who asks about his data. */
export const statementTemplate = paperTemplate({
  title: z.record(personalRight, phrase()),
  opening: z.record(personalRight, phrase()),
  labels: z.strictObject({
    office: phrase(),
    date: phrase(),
    file: phrase(),
    erased: phrase(),
    kept: phrase(),
    nothing: phrase(),
    until: phrase('day'),
    agents: phrase(),
    reference: phrase(),
  }),
  facts: factLabels,
  kinds: z.record(wipedKind, noted),
  remedy: phrase(),
})
export type StatementTemplate = z.infer<typeof statementTemplate>

/** A label in both languages, and what stands between them. */
export interface StatementRow {
  readonly label: Bilingual
  readonly value: { readonly text: string } | Bilingual
  readonly note?: Bilingual
}

/** The statement as words in place, before any drawing. */
export interface StatementDocument {
  readonly letterhead: {
    readonly fr: readonly string[]
    readonly zgh: readonly string[]
    readonly ar: readonly string[]
  }
  readonly title: Bilingual
  readonly opening: Bilingual
  readonly sections: readonly { readonly heading?: Bilingual; readonly rows: readonly StatementRow[] }[]
  readonly remedy: Bilingual
}

/** Sets the facts in the words of the template; every inserted value stands in Unicode isolates. */
export function statementDocument(facts: StatementFacts, template: StatementTemplate): StatementDocument {
  const { labels, title, opening, kinds: named, remedy } = template.words
  const lines = facts.authority.at(-1)?.ar === facts.office.ar ? facts.authority : [...facts.authority, facts.office]
  const { day, time } = formatInstant(facts.at, facts.zone, facts.utcOffsetMinutes)
  const row = (label: Bilingual, text: string): StatementRow => ({ label, value: { text } })
  const kinds = (counted: readonly Counted[], why: boolean): readonly StatementRow[] =>
    counted.map(({ kind, count, until }) => ({
      label: named[kind].name,
      value: { text: datum(String(count)) },
      ...(why
        ? {
            note:
              until === undefined
                ? named[kind].why
                : both(
                    (side) => `${fill(labels.until[side], { day: datum(formatDay(until)) })} ${named[kind].why[side]}`,
                  ),
          }
        : {}),
    }))
  return {
    letterhead: {
      fr: lines.map((one) => one.fr),
      zgh: lines.flatMap((one) => one.zgh ?? []),
      ar: lines.map((one) => one.ar),
    },
    title: title[facts.right],
    opening: opening[facts.right],
    sections: [
      {
        rows: [
          row(labels.date, `${datum(day)} ${datum(time)}`),
          ...facts.numbers.map((number) => row(labels.file, datum(number))),
          row(labels.agents, facts.agents.map(datum).join(' · ')),
          ...(facts.reference === undefined ? [] : [row(labels.reference, datum(facts.reference))]),
        ],
      },
      ...(facts.files ?? []).map((file) => ({
        heading: both((side) => `${labels.file[side]} ${datum(file.number)}`),
        rows: rowsOf(file, facts, template),
      })),
      ...(facts.files === undefined
        ? [
            {
              heading: labels.erased,
              rows:
                facts.erased.length === 0
                  ? [{ label: labels.erased, value: labels.nothing }]
                  : kinds(facts.erased, false),
            },
          ]
        : []),
      ...(facts.kept.length === 0 ? [] : [{ heading: labels.kept, rows: kinds(facts.kept, true) }]),
    ],
    remedy,
  }
}

const both = (make: (side: 'fr' | 'ar') => string): Bilingual => ({ fr: make('fr'), ar: make('ar') })

function rowsOf(
  file: StatementFile,
  { zone }: StatementFacts,
  { words: { facts: labels } }: StatementTemplate,
): readonly StatementRow[] {
  const { kept, draft, facts } = file
  const { citizen } = facts
  const instant = (at: string): string => {
    const { day, time } = formatInstant(at, zone, facts.utcOffsetMinutes)
    return `${datum(day)} ${datum(time)}`
  }
  const said: readonly (readonly [Bilingual, string | undefined])[] = [
    [labels.depositedAt, instant(file.depositedAt)],
    [labels.citizen, isolated(`${citizen.familyName} ${citizen.givenNames}`.trim())],
    [labels.nativeName, kept?.nativeName === undefined ? undefined : isolated(kept.nativeName)],
    [
      labels.birth,
      [kept?.birthDate?.value, kept?.birthPlace]
        .flatMap((part) => (part === undefined ? [] : [isolated(part)]))
        .join(' · '),
    ],
    [labels.nationality, kept?.nationality === undefined ? undefined : isolated(kept.nationality)],
    [
      labels.document,
      [kept?.documentType, kept?.documentNumber]
        .flatMap((part) => (part === undefined ? [] : [isolated(part)]))
        .join(' · '),
    ],
    [labels.maskedNumber, kept?.maskedNumber === undefined ? undefined : datum(kept.maskedNumber)],
    [
      labels.address,
      kept?.address === undefined
        ? undefined
        : isolated([kept.address.street, kept.address.postalCode, kept.address.municipality].join(' ')),
    ],
    [labels.represented, draft.represented === undefined ? undefined : isolated(draft.represented)],
    [labels.note, draft.note === undefined ? undefined : isolated(draft.note)],
    [labels.readAt, file.readAt === undefined ? undefined : instant(file.readAt)],
    [
      labels.signature,
      file.signature === undefined
        ? undefined
        : datum(`${file.signature.scheme} ${file.signature.statement.slice(0, 16)}…`),
    ],
    [labels.wipedAt, file.wipedAt === undefined ? undefined : instant(file.wipedAt)],
  ]
  return [
    { label: labels.procedure, value: { fr: facts.procedure.title.fr, ar: facts.procedure.title.ar } },
    ...said.flatMap(([label, text]) =>
      text === undefined || text === '' || text === isolated('') ? [] : [{ label, value: { text } }],
    ),
  ]
}
