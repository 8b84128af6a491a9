import { z } from 'zod'
import { cleanLine } from '../../text/incoming.ts'
import { fold } from '../../text/fold.ts'
import { line } from '../../text/shapes.ts'
import { letterRegister, type LetterRegister } from './letter.ts'
import { datesIn } from './proposal/date.ts'
import { cleanText, keyText } from './proposal/letter.ts'

/** A line of a register that was kept elsewhere. Its number stays as it was there. */
export const oldLine = z.strictObject({
  /** The row of the file that it came from, from 1, headings included. */
  row: z.int().positive(),
  register: letterRegister,
  number: line(60).min(1),
  receivedOn: z.iso.date(),
  sender: line(300),
  subject: line(1_000),
  reference: line(200).optional(),
  letterDate: z.iso.date().optional(),
  service: line(200).optional(),
  note: line(1_000).optional(),
})
export type OldLine = z.infer<typeof oldLine>

export const oldColumns = [
  'number',
  'receivedOn',
  'sender',
  'subject',
  'reference',
  'letterDate',
  'service',
  'note',
] as const
export type OldColumn = (typeof oldColumns)[number]
export const neededColumns: readonly OldColumn[] = ['number', 'receivedOn', 'sender', 'subject']

/** How headings of registers name their columns, folded; the first that fits, from the most telling on. */
const usualHeadings: Readonly<Record<OldColumn | 'register', RegExp>> = {
  letterDate: /dat.*(lettre|courrier|piece|document|letter)|تاريخ (الرسال|المراسل|الوثيق)/u,
  receivedOn: /dat.*(arriv|recep|recu|receiv|entree|depart|enreg)|تاريخ (الور|الوصول|التسجيل|الصدور)|^date$|^التاريخ$/u,
  number: /^(n|no|num|numero|number|n[°ᵒo]?)( |$)|ordre|^(ال)?رقم/u,
  sender: /expedit|emett|provenance|origine|sender|from|مرسل|مصدر|الجه/u,
  subject: /objet|subject|analyse|موضوع/u,
  reference: /refer|مرجع/u,
  service: /service|imputation|destinat|division|مصلح|المرسل اليه/u,
  note: /observ|remarque|note|ملاحظ/u,
  register: /registre|sens|register|سجل/u,
}

/** What the headings of a table say of its columns: the place of each, from 1. What nobody named is left out. */
export function guessColumns(headings: readonly string[]): Partial<Record<OldColumn | 'register', number>> {
  const guessed: Partial<Record<OldColumn | 'register', number>> = {}
  const free = new Map(headings.map((heading, index) => [index + 1, fold(heading)]))
  for (const [column, is] of Object.entries(usualHeadings)) {
    const found = [...free].find(([, heading]) => is.test(heading))
    if (found === undefined) continue
    guessed[column as OldColumn] = found[0]
    free.delete(found[0])
  }
  return guessed
}

/**
 * Which column of a file is what of a line: the name of a heading, or the place of a column from 1. `register` is one of
 * ours, or a heading whose values say it. The other way round (heading: field) is taken too.
 */
export const columnMap = z
  .record(z.string().min(1), z.union([z.string().min(1), z.int().positive()]))
  .transform((given) => {
    const straight = Object.keys(given).some((key) => oldColumns.some((one) => one === key))
    return straight ? given : Object.fromEntries(Object.entries(given).map(([key, value]) => [String(value), key]))
  })
export type ColumnMap = z.output<typeof columnMap>

/** Rows of cells, as text. The headings are the first row, or, where the map names them, the one that has most of them. */
export type Rows = readonly (readonly string[])[]

/** What is in a row that cannot be taken, and why. */
export interface RefusedRow {
  readonly row: number
  readonly why: string
  /** The column that is wrong, and what stands in it. */
  readonly column: string
  readonly value: string
}

/**
 * The lines of a table, by the map of its columns; empty rows are passed over. Each row is taken or refused, with the
 * reason in words. Nothing when the map names a heading that is not there (`missing`).
 */
export function linesOf(
  rows: Rows,
  map: ColumnMap,
): { readonly lines: OldLine[]; readonly refused: RefusedRow[] } | { readonly missing: string } {
  const named = Object.entries(map).flatMap(([field, name]) =>
    typeof name === 'number' || (field === 'register' && registerOf(name) !== undefined) ? [] : [name],
  )
  // A title and the name of the office may stand over them.
  const fits = rows.slice(0, mostOver).map((cells) => named.filter((name) => placeOf(cells, name) !== undefined).length)
  const top = Math.max(0, fits.indexOf(Math.max(...fits)))
  const [headings = [], ...body] = rows.slice(top)
  const places = new Map<string, number>()
  for (const [field, named] of Object.entries(map)) {
    const at = placeOf(headings, named)
    if (at !== undefined) places.set(field, at)
    else if (field !== 'register' || registerOf(String(named)) === undefined) return { missing: String(named) }
  }
  const lacking = neededColumns.find((field) => !places.has(field))
  if (lacking !== undefined) return { missing: lacking }
  const lines: OldLine[] = []
  const refused: RefusedRow[] = []
  body.forEach((cells, index) => {
    if (cells.every((cell) => cell.trim() === '')) return
    const row = top + index + 2
    const read = lineOf(cells, { row, places, register: String(map['register'] ?? 'arrival') })
    if ('why' in read) refused.push(read)
    else lines.push(read)
  })
  return { lines, refused }
}

/** Rows that may stand over the headings. */
const mostOver = 20

const placeOf = (headings: readonly string[], named: string | number): number | undefined => {
  if (typeof named === 'number') return named - 1
  const at = headings.findIndex((heading) => fold(heading) === fold(named))
  return at === -1 ? undefined : at
}

const lineOf = (
  cells: readonly string[],
  { row, places, register }: { readonly row: number; readonly places: ReadonlyMap<string, number>; register: string },
): OldLine | RefusedRow => {
  const cell = (field: string): string => cleanLine(cells[places.get(field) ?? -1] ?? '')
  const refuse = (column: string, why: string): RefusedRow => {
    const value = cell(column).slice(0, 40)
    return { row, column, value, why: `${column}: ${why} (${value})` }
  }
  const day = dayOf(cell('receivedOn'))
  if (day === undefined) return refuse('receivedOn', 'no date')
  const written = cell('letterDate') === '' ? undefined : dayOf(cell('letterDate'))
  const of = registerOf(places.has('register') ? cell('register') : register)
  if (of === undefined) return refuse('register', 'none of ours')
  const optional = (field: 'reference' | 'service' | 'note') => (cell(field) === '' ? {} : { [field]: cell(field) })
  const parsed = oldLine.safeParse({
    row,
    register: of,
    number: cell('number'),
    receivedOn: day,
    sender: cell('sender'),
    subject: cell('subject'),
    ...optional('reference'),
    ...optional('service'),
    ...optional('note'),
    ...(written === undefined ? {} : { letterDate: written }),
  })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  return refuse(issue?.path.join('.') ?? '', issue?.message ?? '')
}

const names: readonly (readonly [RegExp, LetterRegister])[] = [
  [/^(arriv|entr|incom|وارد|الوارد|a$)/u, 'arrival'],
  [/^(depart|sort|outgo|صادر|الصادر|d$)/u, 'departure'],
  [/^(intern|داخل|الداخل|i$)/u, 'internal'],
]
const registerOf = (text: string): LetterRegister | undefined => names.find(([is]) => is.test(fold(text)))?.[1]

/** What may stand beside a day in its cell: its name, and an hour. */
const beside = /^\D{0,20}(?:\d{1,2}\s?[:h]\s?\d{2}(?::\d{2}(?:[.,]\d+)?)?\D{0,6})?$/u
/** Years of two digits from here on are of the century before (POSIX). */
const lastCentury = 69

/** A day as registers write it, as letters do (`datesIn`); nothing for what is in no calendar, or is more than one. */
export function dayOf(text: string): string | undefined {
  const key = keyText(cleanText(text)).trim()
  const [found, ...more] = datesIn({ key })
  if (found === undefined || more.length > 0) return undefined
  if (!beside.test(`${key.slice(0, found.from)}${key.slice(found.to)}`)) return undefined
  const { iso, short } = found
  return short && Number(iso.slice(2, 4)) >= lastCentury ? `19${iso.slice(2)}` : iso
}
