import type { ClosingView } from '#shared/contract/features/closing/calls.ts'
import { closingAnchor, closingFacts, type ClosingAnchor, type ClosingFacts } from '#shared/domain/closing/closing.ts'
import type { Sha256 } from '#shared/ids.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed } from '../../store/json.ts'

/** One closing, as it was made; `position` counts all closings of this counter from 1. */
export interface ClosingRow {
  readonly id: string
  readonly position: number
  readonly day: string
  readonly ordinal: number
  /** JSON of `ClosingFacts`. */
  readonly facts: string
  readonly hash: string
  readonly anchor: ClosingAnchor
  readonly journalSeq: number
}

interface Row extends Omit<ClosingRow, 'anchor'> {
  readonly anchor: string
}
const columns = 'id, position, day, ordinal, facts, hash, anchor, journal_seq AS journalSeq'
const rowOf = ({ anchor, ...row }: Row): ClosingRow => ({ ...row, anchor: parsed(closingAnchor, anchor) })

/** Every closing, in the order in which they were made. */
export const closingRows = (db: ReadHandle): readonly ClosingRow[] =>
  db.all<Row>(`SELECT ${columns} FROM closings ORDER BY position`).map(rowOf)

/** The newest closing, reopened or not: the next one names it. */
export function newestClosing(db: ReadHandle): ClosingRow | undefined {
  const row = db.get<Row>(`SELECT ${columns} FROM closings ORDER BY position DESC LIMIT 1`)
  return row === undefined ? undefined : rowOf(row)
}

/**
 * The newest closing in force of a day before this one: its totals go on, and what was decided since is the next one's.
 */
export const closingBefore = (db: ReadHandle, day: string): InForce | undefined => inForce(db, 'day < ?', day)

/** The closing in force of a day. */
export const closingInForce = (db: ReadHandle, day: string): InForce | undefined => inForce(db, 'day = ?', day)

/** Whether acts of a day are taken no more. */
export const isClosed = (db: ReadHandle, day: string): boolean =>
  db.get(
    'SELECT 1 AS there FROM closings c WHERE day = ? AND NOT EXISTS (SELECT 1 FROM reopenings WHERE closing_id = c.id)',
    [day],
  ) !== undefined

/** Whether a later day is closed: its totals rest on this one. */
export const isClosedAfter = (db: ReadHandle, day: string): boolean =>
  db.get(
    'SELECT 1 AS there FROM closings c WHERE day > ? AND NOT EXISTS (SELECT 1 FROM reopenings WHERE closing_id = c.id)',
    [day],
  ) !== undefined

/** A closing that nobody reopened, and its place in the journal. */
export interface InForce {
  readonly facts: ClosingFacts
  readonly journalSeq: number
}

const inForce = (db: ReadHandle, condition: string, day: string): InForce | undefined => {
  const row = db.get<{ facts: string; journalSeq: number }>(
    `SELECT facts, journal_seq AS journalSeq FROM closings c WHERE ${condition} AND NOT EXISTS (SELECT 1 FROM reopenings WHERE closing_id = c.id) ORDER BY day DESC, ordinal DESC LIMIT 1`,
    [day],
  )
  return row === undefined ? undefined : { facts: parsed(closingFacts, row.facts), journalSeq: row.journalSeq }
}

/** How often a day was closed. */
export const timesClosed = (db: ReadHandle, day: string): number =>
  db.get<{ count: number }>('SELECT count(*) AS count FROM closings WHERE day = ?', [day])?.count ?? 0

/** Writes a closing. */
export function insertClosing(
  db: WriteHandle,
  row: Omit<ClosingRow, 'facts'> & { readonly facts: ClosingFacts },
): void {
  db.run(
    'INSERT INTO closings (id, position, day, ordinal, facts, hash, anchor, closed_at, journal_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    [
      row.id,
      row.position,
      row.day,
      row.ordinal,
      JSON.stringify(row.facts),
      row.hash,
      JSON.stringify(row.anchor),
      row.facts.closedAt,
      row.journalSeq,
    ],
  )
}

/** Writes what two people reopened. */
export function insertReopening(
  db: WriteHandle,
  row: {
    commandId: string
    closingId: string
    reason: string
    agent: string
    witness: string
    at: string
    journalSeq: number
  },
): void {
  db.run(
    'INSERT INTO reopenings (command_id, closing_id, reason, agent, witness, at, journal_seq) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [row.commandId, row.closingId, row.reason, row.agent, row.witness, row.at, row.journalSeq],
  )
}

interface ViewRow extends Row {
  readonly at: string | null
  readonly agent: string | null
  readonly witness: string | null
  readonly reason: string | null
}
const views = `SELECT c.id, c.position, c.day, c.ordinal, c.facts, c.hash, c.anchor, c.journal_seq AS journalSeq, r.at, r.agent, r.witness, r.reason
  FROM closings c LEFT JOIN reopenings r ON r.closing_id = c.id`

const viewOf = (row: ViewRow): ClosingView => {
  const { closedAt, agent, figures, totals } = parsed(closingFacts, row.facts)
  const { at, agent: by, witness, reason } = row
  return {
    closingId: row.id,
    day: row.day,
    ordinal: row.ordinal,
    closedAt,
    agent,
    issued: figures.amounts.issued,
    totals,
    hash: row.hash as Sha256, // a digest of ours
    anchor: parsed(closingAnchor, row.anchor),
    ...(at === null || by === null || witness === null || reason === null
      ? {}
      : { reopened: { at, agent: by, witness, reason } }),
  }
}

/** The newest closings, newest first. */
export const listClosings = (db: ReadHandle, limit: number): readonly ClosingView[] =>
  db.all<ViewRow>(`${views} ORDER BY c.position DESC LIMIT ?`, [limit]).map(viewOf)

/** The newest closing of a day. */
export function findClosing(db: ReadHandle, day: string): ClosingView | undefined {
  const row = db.get<ViewRow>(`${views} WHERE c.day = ? ORDER BY c.ordinal DESC LIMIT 1`, [day])
  return row === undefined ? undefined : viewOf(row)
}

/** A closing by its id, which is that of its command. */
export function findClosingById(db: ReadHandle, id: string): ClosingView | undefined {
  const row = db.get<ViewRow>(`${views} WHERE c.id = ?`, [id])
  return row === undefined ? undefined : viewOf(row)
}
