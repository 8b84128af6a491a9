import { typedRegisterNumber } from '#shared/contract/call.ts'
import type { LetterQuestion, OldLetterLine } from '#shared/contract/features/mail/views.ts'
import { spanOfBasket } from '#shared/domain/mail/baskets.ts'
import { fragmentsOf, matchOf } from '#shared/domain/mail/letterKeys.ts'
import type { ReadHandle, Value } from '../../../store/handle.ts'
import { oldLetterOf } from './oldLetters.ts'
import { letterColumns, rowOf, type LetterRow, type RawLetter } from './letters.ts'
import { linesOfDays, type Within } from './linesOfDays.ts'

/** What was found: of those up to the level, counted up to where the question counts. */
export interface FoundLetters {
  readonly total: number
  readonly rows: readonly LetterRow[]
  /** After all of ours: lines of a register that was kept elsewhere before. */
  readonly old: readonly OldLetterLine[]
}

/**
 * Letters in which every word of the question is the beginning of a word, newest first; a number is looked for in
 * numbers, references and text alike, and where nothing is found so, as a part of one. The number of a deposit finds the
 * letter that became it.
 * @param level nothing above it is found, nor counted
 */
export function searchLetters(
  db: ReadHandle,
  question: LetterQuestion,
  { level, today }: { readonly level: number; readonly today: string },
): FoundLetters {
  const ours = searchOurs(db, question, { level, today })
  // Nothing is known of old lines but what they say: no level, no state, nobody who was charged with them.
  const { state, due, service } = question
  if (state !== undefined || due !== undefined || service !== undefined) return { ...ours, old: [] }
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
  const sift = siftOf(db, question, level, today)
  const served = servedBy(db, question.words)
  if (served !== undefined) return read(db, question, oneLetter(served, sift))
  if (match === undefined) return read(db, question, allLetters(question, sift))
  const found = read(db, question, byIndex('letter_words', match, sift))
  const parts = found.total > 0 ? [] : fragmentsOf(question.words)
  if (parts.length === 0) return found
  const codes = parts.map((part) => `"${part}"`).join(' AND ')
  return read(db, question, byIndex('letter_codes', codes, sift))
}

interface Source {
  readonly from: string
  readonly where: readonly string[]
  readonly values: readonly Value[]
}
/** What narrows a search, and between which lines all lie that it lets through. */
interface Sift {
  readonly where: readonly string[]
  readonly values: readonly Value[]
  readonly within: Within | undefined
}

/** An index hands out its lines newest first, and only as many as are asked of it. */
interface Ordered extends Source {
  readonly seq: string
}
/** An index of words knows nothing else of a letter; where nothing else is asked, nothing else is read. */
const byIndex = (index: string, match: string, { where, values, within }: Sift): Ordered => ({
  seq: 'i.rowid',
  from: where.length === 0 ? `${index} i` : `${index} i CROSS JOIN letters l ${sifted} ON l.seq = i.rowid`,
  where: [`${index} MATCH ?`, ...(within === undefined ? [] : ['i.rowid BETWEEN ? AND ?']), ...where],
  values: [match, ...(within === undefined ? [] : [within.low, within.high]), ...values],
})
/** Those that an answer is owed to have an index of their own, which is shorter. */
const allLetters = ({ due }: LetterQuestion, { where, values, within }: Sift): Ordered => ({
  seq: 'l.seq',
  from: due !== undefined ? 'letters l' : `letters l ${sifted}`,
  where: [...(within === undefined ? [] : ['l.seq BETWEEN ? AND ?']), ...where],
  values: [...(within === undefined ? [] : [within.low, within.high]), ...values],
})
const oneLetter = (seq: number, { where, values }: Sift): Ordered => ({
  seq: 'l.seq',
  from: `letters l ${sifted}`,
  where: ['l.seq = ?', ...where],
  values: [seq, ...values],
})
/** The planner would look into the letters, each some hundred bytes long. */
const sifted = 'INDEXED BY letters_sifted'

/** The letter that became the deposit of a number. */
const servedBy = (db: ReadHandle, words: string): number | undefined => {
  const number = typedRegisterNumber.safeParse(words)
  return number.success
    ? db.get<{ seq: number }>(
        'SELECT l.seq FROM letter_requests r JOIN letters l ON l.id = r.letter_id WHERE r.number = ?',
        [number.data],
      )?.seq
    : undefined
}

const siftOf = (db: ReadHandle, question: LetterQuestion, level: number, today: string): Sift => {
  const { register, state, service, from, to, due } = question
  const span = due === undefined ? undefined : spanOfBasket(due, today)
  const asked: readonly (readonly [string, Value | undefined])[] = [
    ['l.level <= ?', level < 3 ? level : undefined],
    ['l.register = ?', register],
    ['l.state = ?', state],
    ['l.service = ?', service],
    ['l.day >= ?', from],
    ['l.day <= ?', to],
    [`l.state NOT IN ('answered', 'cancelled') AND l.due_on >= ?`, span?.from],
    ['l.due_on <= ?', span?.to],
  ]
  const given = asked.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]))
  return {
    where: given.map(({ sql }) => sql),
    values: given.map(({ value }) => value),
    within: from === undefined ? undefined : linesOfDays(db, from, to ?? today),
  }
}

type Ours = Omit<FoundLetters, 'old'>

/** Lines are counted as they are found, up to so many; beyond, they are counted apart. */
const countedAtOnce = 10_000

const read = (db: ReadHandle, { limit, skip, countTo }: LetterQuestion, source: Ordered): Ours => {
  const { from, seq, values } = source
  const reach = Math.max(skip + limit, Math.min(countTo, countedAtOnce))
  const found = db
    .all<{
      seq: number
    }>(`SELECT ${seq} AS seq FROM ${from} ${conditionOf(source)} ORDER BY ${seq} DESC LIMIT ?`, [...values, reach])
    .map((row) => row.seq)
  const rows = db
    .all<RawLetter>(
      `SELECT ${letterColumns} FROM letters l WHERE l.seq IN (SELECT value FROM json_each(?)) ORDER BY l.seq DESC`,
      [JSON.stringify(found.slice(skip, skip + limit))],
    )
    .map(rowOf)
  if (found.length < reach || countTo <= reach) return { total: found.length, rows }
  const sql = `SELECT count(*) AS n FROM (SELECT 1 FROM ${from} ${conditionOf(source)} LIMIT ?)`
  return { total: db.get<{ n: number }>(sql, [...values, countTo])?.n ?? 0, rows }
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
