import type { RegisterCount } from '#shared/contract/features/mail/views.ts'
import type { RegisterPaper } from '#shared/contract/features/mail/paperFacts.ts'
import { letterRegisters, routing, type LetterRegister } from '#shared/domain/mail/letter.ts'
import type { RegisterNumber } from '#shared/ids.ts'
import type { ReadHandle } from '../../../store/handle.ts'
import { parsed } from '../../../store/json.ts'
import { letterColumns, rowOf, type LetterRow, type RawLetter } from './letters.ts'

/** First and last day of a period: an ISO day, or a year. */
const span = (period: string): readonly [from: string, to: string] =>
  period.length === 10 ? [period, period] : [`${period}-01-01`, `${period}-12-31`]

/**
 * How many lines each register has in a period, by the day on which they came.
 * @param level lines above it are not counted; a closing counts all
 */
export function countRegisters(db: ReadHandle, period: string, level = 3): RegisterCount[] {
  const rows = db.all<{ register: LetterRegister; count: number; cancelled: number; first: number; last: number }>(
    `SELECT register, count(*) AS count, sum(state = 'cancelled') AS cancelled, min(seq) AS first, max(seq) AS last
    FROM letters WHERE day BETWEEN ? AND ? AND level <= ? GROUP BY register`,
    [...span(period), level],
  )
  return letterRegisters.map((register) => {
    const row = rows.find((one) => one.register === register)
    return row === undefined
      ? { register, count: 0, cancelled: 0 }
      : {
          register,
          count: row.count,
          cancelled: row.cancelled,
          first: numberAt(db, row.first),
          last: numberAt(db, row.last),
        }
  })
}
const numberAt = (db: ReadHandle, seq: number): RegisterNumber => {
  const row = db.get<{ number: RegisterNumber }>('SELECT number FROM letters WHERE seq = ?', [seq])
  if (row === undefined) throw new Error('the line was read just now')
  return row.number
}

/** The numbers of the first and the last line of a period up to a level, in the order in which they were registered. */
export const firstAndLast = (db: ReadHandle, period: string, level = 3): readonly RegisterNumber[] => {
  const row = db.get<{ first: number | null; last: number | null }>(
    'SELECT min(seq) AS first, max(seq) AS last FROM letters WHERE day BETWEEN ? AND ? AND level <= ?',
    [...span(period), level],
  )
  return [row?.first ?? undefined, row?.last ?? undefined].flatMap((seq) =>
    seq === undefined ? [] : numberAt(db, seq),
  )
}

/** The lines of a day, in the order of their registration. */
export const linesOfDay = (db: ReadHandle, day: string): readonly LetterRow[] =>
  db.all<RawLetter>(`SELECT ${letterColumns} FROM letters l WHERE l.day = ? ORDER BY l.seq`, [day]).map(rowOf)

/** What was changed on a day of lines of earlier days, in its order. */
export const changesOfDay = (db: ReadHandle, day: string): RegisterPaper['changes'] =>
  db
    .all<{ number: RegisterNumber; what: RegisterPaper['changes'][number]['what']; text: string; level: number }>(
      `SELECT l.number, 'cancelled' AS what, c.reason AS text, l.level, c.journal_seq AS seq
        FROM letter_cancellations c JOIN letters l ON l.id = c.letter_id WHERE c.day = :day AND l.day < :day
      UNION ALL SELECT l.number, 'routed', r.body, l.level, r.journal_seq
        FROM letter_routings r JOIN letters l ON l.id = r.letter_id WHERE r.day = :day AND l.day < :day
      UNION ALL SELECT l.number, 'scanAdded', '', l.level, a.journal_seq
        FROM letter_additions a JOIN letters l ON l.id = a.letter_id WHERE a.day = :day AND l.day < :day
      UNION ALL SELECT l.number, 'acknowledged', k.signed_on, l.level, k.journal_seq
        FROM letter_acknowledgements k JOIN letters l ON l.id = k.letter_id WHERE k.day = :day AND l.day < :day
      ORDER BY seq`,
      { day },
    )
    .map(({ number, what, text }) => ({ number, what, text: what === 'routed' ? parsed(routing, text).to : text }))

/** Days before one with lines that are in no closing, oldest first. */
export const openDays = (db: ReadHandle, before: string, limit: number): readonly string[] =>
  db
    .all<{ day: string }>(
      `SELECT DISTINCT day FROM letters l WHERE day < ?
        AND NOT EXISTS (SELECT 1 FROM mail_closings WHERE period IN (l.day, substr(l.day, 1, 4))) ORDER BY day LIMIT ?`,
      [before, limit],
    )
    .map(({ day }) => day)

const countOf = (db: ReadHandle, where: string, values: readonly (string | number)[]): number =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM letters WHERE ${where}`, values)?.n ?? 0

/** What waits in a mail office, of what may be seen up to a level. */
export const waiting = (db: ReadHandle, today: string, level: number) => ({
  late: countOf(db, 'day >= ? AND late = 1 AND level <= ? AND day < ?', [weekBefore(today), level, today]),
  unrouted: countOf(db, `state = 'registered' AND register = 'arrival' AND level <= ?`, [level]),
})
const weekBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 7 * 86_400_000).toISOString().slice(0, 10)
