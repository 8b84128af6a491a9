import type { ReadHandle, WriteHandle } from '../../../store/handle.ts'

/** What an act about a letter says of itself. */
interface Done {
  readonly commandId: string
  readonly letterId: string
  readonly agent: string
  /** UTC instant. */
  readonly at: string
  readonly journalSeq: number
}
interface Happened {
  readonly at: string
  readonly agent: string
  readonly seq: number
}

/** Why a letter is held; nothing while nobody holds it. */
export const holdOf = (db: ReadHandle, letterId: string): string | undefined =>
  db.get<{ reason: string }>('SELECT reason FROM letter_holds WHERE letter_id = ? AND released_id IS NULL', [letterId])
    ?.reason

/** Holds a letter that nobody holds. */
export function insertHold(db: WriteHandle, row: Done & { readonly reason: string }): void {
  db.run('INSERT INTO letter_holds (command_id, letter_id, reason, agent, at, journal_seq) VALUES (?, ?, ?, ?, ?, ?)', [
    row.commandId,
    row.letterId,
    row.reason,
    row.agent,
    row.at,
    row.journalSeq,
  ])
}

/** Releases a letter that is held. */
export function releaseHold(db: WriteHandle, row: Done): void {
  db.run(
    `UPDATE letter_holds SET released_id = ?, released_by = ?, released_at = ?, released_seq = ?
    WHERE letter_id = ? AND released_id IS NULL`,
    [row.commandId, row.agent, row.at, row.journalSeq, row.letterId],
  )
}

/** Gives a letter a class; the newest counts. */
export function insertClass(db: WriteHandle, row: Done & { readonly class: string }): void {
  db.run(
    'INSERT INTO letter_classes (command_id, letter_id, class, agent, at, journal_seq) VALUES (?, ?, ?, ?, ?, ?)',
    [row.commandId, row.letterId, row.class, row.agent, row.at, row.journalSeq],
  )
}

/** What the archive did with a letter, in no order; a list by its place. */
export const archiveEventsOf = (
  db: ReadHandle,
  letterId: string,
): readonly (Happened & {
  readonly what: 'classified' | 'held' | 'released' | 'listed' | 'destroyed'
  readonly text: string
})[] =>
  db.all(
    `SELECT at, agent, journal_seq AS seq, 'classified' AS what, class AS text FROM letter_classes WHERE letter_id = :id
    UNION ALL SELECT at, agent, journal_seq, 'held', reason FROM letter_holds WHERE letter_id = :id
    UNION ALL SELECT released_at, released_by, released_seq, 'released', '' FROM letter_holds
      WHERE letter_id = :id AND released_id IS NOT NULL
    UNION ALL SELECT l.at, l.agent, l.journal_seq, 'listed', iif(l.kind = 'transfer', 'V', 'E')
      || '-' || l.rank FROM archive_letters m JOIN archive_lists l ON l.id = m.list_id WHERE m.letter_id = :id
    UNION ALL SELECT d.at, d.agent, d.journal_seq, 'destroyed', 'E-' || l.rank FROM archive_letters m
      JOIN archive_lists l ON l.id = m.list_id
      JOIN archive_decisions d ON d.list_id = l.id AND d.what = 'destroyed' WHERE m.letter_id = :id`,
    { id: letterId },
  )
