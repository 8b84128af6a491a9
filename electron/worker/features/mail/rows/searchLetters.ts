import type { LetterQuestion, OldLetterLine } from '#shared/contract/features/mail/calls.ts'
import { fragmentsOf, matchOf } from '#shared/domain/mail/letterKeys.ts'
import type { ReadHandle, Value } from '../../../store/handle.ts'
import { oldLetterOf } from './oldLetters.ts'
import { letterColumns, rowOf, type LetterRow, type RawLetter } from './letters.ts'

/** What was found: of those up to the level, counted up to where the question counts. */
export interface FoundLetters {
  readonly total: number
  readonly rows: readonly LetterRow[]
  /** After all of ours: lines of a register that was kept elsewhere before. */
  readonly old: readonly OldLetterLine[]
}

/**
 * Letters in which every word of the question is the beginning of a word, newest first; a number is looked for in
 * numbers, references and text alike, and where nothing is found so, as a part of one.
 * @param level nothing above it is found, nor counted
 */
export function searchLetters(
  db: ReadHandle,
  question: LetterQuestion,
  { level, today }: { readonly level: number; readonly today: string },
): FoundLetters {
  const ours = searchOurs(db, question, { level, today })
  // Nothing is known of old lines but what they say: no level, no state, nobody who was charged with them.
  const { state, overdue, service } = question
  if (state !== undefined || overdue !== undefined || service !== undefined) return { ...ours, old: [] }
  const left = question.limit - ours.rows.length
  return {
    total: ours.total + countOld(db, question),
    rows: ours.rows,
    old: left > 0 ? readOld(db, question, left) : [],
  }
}

const searchOurs = (
  db: ReadHandle,
  question: LetterQuestion,
  { level, today }: { readonly level: number; readonly today: string },
): Ours => {
  const match = matchOf(question.words)
  const narrowed = narrowing(question, level, today)
  if (match === undefined)
    return read(db, question, { from: 'letters l', where: narrowed.where, values: narrowed.values })
  const found = read(db, question, byIndex('letter_words', match, narrowed))
  const parts = found.total > 0 ? [] : fragmentsOf(question.words)
  if (parts.length === 0) return found
  const codes = parts.map((part) => `"${part}"`).join(' AND ')
  return read(db, question, byIndex('letter_codes', codes, narrowed))
}

interface Source {
  readonly from: string
  readonly where: readonly string[]
  readonly values: readonly Value[]
}
const byIndex = (index: string, match: string, { where, values }: Omit<Source, 'from'>): Source => ({
  from: `${index} i CROSS JOIN letters l ON l.seq = i.rowid`,
  where: [`${index} MATCH ?`, ...where],
  values: [match, ...values],
})

const narrowing = (question: LetterQuestion, level: number, today: string): Omit<Source, 'from'> => {
  const { register, state, service, from, to, overdue } = question
  const asked: readonly (readonly [string, Value | undefined])[] = [
    ['l.level <= ?', level < 3 ? level : undefined],
    ['l.register = ?', register],
    ['l.state = ?', state],
    ['l.service = ?', service],
    ['l.day >= ?', from],
    ['l.day <= ?', to],
    [`l.state NOT IN ('answered', 'cancelled') AND l.due_on < ?`, overdue === true ? today : undefined],
  ]
  const given = asked.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]))
  return { where: given.map(({ sql }) => sql), values: given.map(({ value }) => value) }
}

type Ours = Omit<FoundLetters, 'old'>

const read = (db: ReadHandle, { limit, skip, countTo }: LetterQuestion, { from, where, values }: Source): Ours => {
  const condition = where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`
  // The index hands out its rows in their order, so that the newest are read without all the others.
  const order = from.startsWith('letters') ? 'l.seq' : 'i.rowid'
  const rows = db
    .all<RawLetter>(`SELECT ${letterColumns} FROM ${from} ${condition} ORDER BY ${order} DESC LIMIT ? OFFSET ?`, [
      ...values,
      limit,
      skip,
    ])
    .map(rowOf)
  if (rows.length < limit && skip === 0) return { total: rows.length, rows }
  const total = db.get<{ n: number }>(`SELECT count(*) AS n FROM (SELECT 1 FROM ${from} ${condition} LIMIT ?)`, [
    ...values,
    countTo,
  ])
  return { total: total?.n ?? 0, rows }
}

const oldSource = ({ words, register, from, to }: LetterQuestion): Source => {
  const match = matchOf(words)
  const asked: readonly (readonly [string, Value | undefined])[] = [
    ['i.words MATCH ?', match],
    ['l.register = ?', register],
    ['l.day >= ?', from],
    ['l.day <= ?', to],
  ]
  const given = asked.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]))
  return {
    from: match === undefined ? 'old_letters l' : 'old_letter_words i CROSS JOIN old_letters l ON l.seq = i.rowid',
    where: given.map(({ sql }) => sql.replace('i.words', 'old_letter_words')),
    values: given.map(({ value }) => value),
  }
}
const conditionOf = ({ where }: Source): string => (where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`)
const countOld = (db: ReadHandle, question: LetterQuestion): number => {
  const source = oldSource(question)
  return (
    db.get<{ n: number }>(`SELECT count(*) AS n FROM (SELECT 1 FROM ${source.from} ${conditionOf(source)} LIMIT ?)`, [
      ...source.values,
      question.countTo,
    ])?.n ?? 0
  )
}
const readOld = (db: ReadHandle, question: LetterQuestion, limit: number): readonly OldLetterLine[] => {
  const source = oldSource(question)
  return db
    .all<{ body: string }>(`SELECT l.body FROM ${source.from} ${conditionOf(source)} ORDER BY l.seq DESC LIMIT ?`, [
      ...source.values,
      limit,
    ])
    .map(({ body }) => oldLetterOf(body))
}
