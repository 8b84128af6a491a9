import type { LetterRegister, LetterState } from '#shared/domain/mail/letter.ts'
import type { RegisterNumber, RequestId } from '#shared/ids.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'

/** What of a letter decides whether a deposit may be made of it. */
export interface LetterToServe {
  readonly id: string
  readonly register: LetterRegister
  readonly state: LetterState
  /** 0 to 3: `confidentialities`. */
  readonly level: number
}

/** The letter of a number, as far as a deposit asks for it. */
export const letterToServe = (db: ReadHandle, number: string): LetterToServe | undefined =>
  db.get<LetterToServe>('SELECT id, register, state, level FROM letters WHERE number = ?', [number])

/** Enters that a letter became a deposit. */
export function insertLetterRequest(
  db: WriteHandle,
  row: {
    readonly requestId: RequestId
    readonly letterId: string
    /** Of the deposit. */
    readonly number: RegisterNumber
    readonly agent: string
    /** UTC instant of the deposit. */
    readonly at: string
    readonly journalSeq: number
  },
): void {
  db.run(
    'INSERT INTO letter_requests (request_id, letter_id, number, agent, at, journal_seq) VALUES (?, ?, ?, ?, ?, ?)',
    [row.requestId, row.letterId, row.number, row.agent, row.at, row.journalSeq],
  )
}

/** The deposits that a letter became, oldest first. */
export const requestsOfLetter = (
  db: ReadHandle,
  letterId: string,
): readonly {
  readonly number: RegisterNumber
  readonly agent: string
  readonly at: string
  readonly seq: number
  /** Its deadline. */
  readonly lastDay: string
}[] =>
  db.all(
    `SELECT r.number, r.agent, r.at, r.journal_seq AS seq, q.last_day AS lastDay
    FROM letter_requests r JOIN requests q ON q.id = r.request_id WHERE r.letter_id = ? ORDER BY r.journal_seq`,
    [letterId],
  )

/** The deposits that the letter of a number became, newest first, by their ids; none of a letter above the level. */
export const requestsOfLetterNumber = (db: ReadHandle, number: string, level: number): readonly RequestId[] =>
  db
    .all<{ id: RequestId }>(
      `SELECT r.request_id AS id FROM letters l JOIN letter_requests r ON r.letter_id = l.id WHERE l.number = ? AND l.level <= ?
      ORDER BY r.journal_seq DESC`,
      [number, level],
    )
    .map(({ id }) => id)
