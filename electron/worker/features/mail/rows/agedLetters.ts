import type { RegisterNumber } from '#shared/ids.ts'
import type { ReadHandle, Value } from '../../../store/handle.ts'

/** What the age of a letter depends on, without what it says. */
export interface AgedRow {
  readonly id: string
  readonly number: RegisterNumber
  readonly level: number
  readonly kind: string
  /** The class of the plan that somebody gave it. */
  readonly given: string | null
  /** The number of the letter that it answers. */
  readonly answers: string | null
  /** The ISO day on which it was dealt with; nothing while it is open. */
  readonly closedOn: string | null
  readonly listId: string | null
  readonly destroyed: number
  /** Why nothing may be done with it for now. */
  readonly held: string | null
}

/**
 * The day on which a letter `l` was dealt with: one that became a deposit with the last day of that, one that was answered
 * with its answer, one that nobody owes an answer to with its routing, what left on the day on which it left. While its
 * paper is away it is open.
 */
const closedOn = `CASE WHEN l.holder IS NOT NULL THEN NULL ELSE coalesce(
  (SELECT max(l.day, max(q.last_day)) FROM letter_requests r JOIN requests q ON q.id = r.request_id WHERE r.letter_id = l.id),
  CASE
    WHEN l.state = 'cancelled' THEN (SELECT max(l.day, c.day) FROM letter_cancellations c WHERE c.letter_id = l.id)
    WHEN l.state = 'answered' THEN max(l.day, coalesce((SELECT max(a.day) FROM letters a WHERE a.answers = l.number
      AND a.state <> 'cancelled'), l.day))
    WHEN l.due_on IS NOT NULL THEN NULL
    WHEN l.register <> 'arrival' THEN l.day
    WHEN l.state = 'registered' THEN NULL
    ELSE max(l.day, coalesce((SELECT max(r.day) FROM letter_routings r WHERE r.letter_id = l.id), l.day))
  END) END`

const columns = `l.id, l.number, l.level, l.body ->> '$.kind' AS kind, l.class AS given, l.answers, ${closedOn} AS closedOn,
  l.list_id AS listId, l.destroyed,
  (SELECT h.reason FROM letter_holds h WHERE h.letter_id = l.id AND h.released_id IS NULL) AS held`

const where = (db: ReadHandle, condition: string, values: readonly Value[]): readonly AgedRow[] =>
  db.all<AgedRow>(`SELECT ${columns} FROM letters l WHERE ${condition}`, values)

/** The letter of a number. */
export const agedLetter = (db: ReadHandle, number: string): AgedRow | undefined =>
  where(db, 'l.number = ?', [number])[0]

/** Letters of a day and before that stand on no list, oldest first. */
export const unlistedUntil = (db: ReadHandle, day: string, limit: number): readonly AgedRow[] =>
  where(db, 'l.list_id IS NULL AND l.day <= ? ORDER BY l.day LIMIT ?', [day, limit])

/** A letter with all that hang together with it: what it answers, what answers it, and so on. */
export function linkedLetters(db: ReadHandle, letter: AgedRow): readonly AgedRow[] {
  const found = new Map([[letter.id, letter]])
  // What is added while this goes over it is gone over too.
  for (const { number, answers } of found.values()) {
    const beside = where(db, 'l.answers = ?', [number])
    for (const one of answers === null ? beside : [...where(db, 'l.number = ?', [answers]), ...beside])
      if (!found.has(one.id)) found.set(one.id, one)
  }
  return [...found.values()]
}
