import { z } from 'zod'
import { mailClosingView, type MailClosingView } from '#shared/contract/features/mail/views.ts'
import type { Sha256 } from '#shared/ids.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'

/** A closing of the mail registers: `facts` is the canonical JSON that `hash` is of. */
export interface MailClosingRow {
  readonly id: string
  /** Counts all closings of the registers of this counter from 1. */
  readonly position: number
  /** An ISO day, or a year. */
  readonly period: string
  readonly facts: string
  readonly hash: Sha256
  readonly agent: string
  readonly at: string
  readonly journalSeq: number
}

const columns = 'id, position, period, facts, hash, agent, at, journal_seq AS journalSeq'

/** Every closing of the registers, in the order in which they were made. */
export const mailClosingRows = (db: ReadHandle): IterableIterator<MailClosingRow> =>
  db.each<MailClosingRow>(`SELECT ${columns} FROM mail_closings ORDER BY position`)

/** The newest closing of the registers: the next one names it. */
export const newestMailClosing = (db: ReadHandle): MailClosingRow | undefined =>
  db.get<MailClosingRow>(`SELECT ${columns} FROM mail_closings ORDER BY position DESC LIMIT 1`)

/** A closing by the day or year that it closed, or by its id. */
export const findMailClosing = (
  db: ReadHandle,
  where: { readonly period: string } | { readonly id: string },
): MailClosingRow | undefined =>
  'id' in where
    ? db.get<MailClosingRow>(`SELECT ${columns} FROM mail_closings WHERE id = ?`, [where.id])
    : db.get<MailClosingRow>(`SELECT ${columns} FROM mail_closings WHERE period = ?`, [where.period])

/** Whether lines of a day are read-only: it was closed, or its whole year. */
export const isMailClosed = (db: ReadHandle, day: string): boolean =>
  db.get('SELECT 1 AS there FROM mail_closings WHERE period IN (?, ?)', [day, day.slice(0, 4)]) !== undefined

/** Writes a closing. */
export function insertMailClosing(db: WriteHandle, row: MailClosingRow): void {
  db.run(
    'INSERT INTO mail_closings (id, position, period, facts, hash, agent, at, journal_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [row.id, row.position, row.period, row.facts, row.hash, row.agent, row.at, row.journalSeq],
  )
}

/** The newest closings that begin so (a year, or all), newest first. */
export const listMailClosings = (db: ReadHandle, beginning: string, limit: number): readonly MailClosingRow[] =>
  db.all<MailClosingRow>(
    `SELECT ${columns} FROM mail_closings WHERE substr(period, 1, ?) = ? ORDER BY position DESC LIMIT ?`,
    [beginning.length, beginning, limit],
  )

const stated = z.object(
  mailClosingView.pick({ registers: true, first: true, last: true, count: true, cancelled: true }).shape,
)
/** A closing as it is shown. */
export const mailClosingOf = ({ id, period, facts, hash, agent, at }: MailClosingRow): MailClosingView => ({
  ...stated.parse(JSON.parse(facts)),
  closingId: id,
  period,
  closedAt: at,
  agent,
  hash,
})

/** The lines of the registers with what their links state of them, as they were registered; not those that were destroyed. */
export const letterDigests = (
  db: ReadHandle,
): IterableIterator<{
  readonly journalSeq: number
  readonly number: string
  readonly register: string
  readonly body: string
  readonly registeredAt: string
  readonly files: string
  readonly content: string
  readonly stated: string | null
}> =>
  db.each(
    `SELECT l.journal_seq AS journalSeq, l.number, l.register, l.body, l.registered_at AS registeredAt, l.content,
      (SELECT json_group_array(sha256) FROM (SELECT sha256 FROM letter_files f WHERE f.letter_id = l.id ORDER BY rank))
        AS files,
      j.body ->> '$.content' AS stated
    FROM letters l LEFT JOIN journal j ON j.seq = l.journal_seq WHERE l.destroyed = 0 ORDER BY l.journal_seq`,
  )

/**
 * Lists of the archive with what their links state of them, and of a list whose letters were destroyed what the link of
 * that states; `lines` is the JSON that the digest is of. A line that was destroyed is told by its digest, which its own
 * link states.
 */
export const archiveDigests = (
  db: ReadHandle,
): IterableIterator<{
  readonly journalSeq: number
  readonly lines: string
  readonly digest: string
  readonly stated: string | null
  /** What the link of its destruction states. */
  readonly destroyed: string | null
  /** How many of its letters were destroyed, and how many of those are not what their own links state. */
  readonly gone: number
  readonly wrong: number
}> =>
  db.each(
    `SELECT a.journal_seq AS journalSeq, a.digest, j.body ->> '$.digest' AS stated,
      (SELECT json_group_array(json_object('number', number, 'content', content, 'files', json(files))) FROM (
        SELECT l.number, l.content, m.files FROM archive_letters m JOIN letters l ON l.id = m.letter_id
        WHERE m.list_id = a.id ORDER BY m.place)) AS lines,
      (SELECT k.body ->> '$.digest' FROM archive_decisions d JOIN journal k ON k.seq = d.journal_seq AND k.kind = 'mail.destroyed'
        WHERE d.list_id = a.id AND d.what = 'destroyed') AS destroyed,
      (SELECT count(*) FROM letters l WHERE l.list_id = a.id AND l.destroyed = 1) AS gone,
      (SELECT count(*) FROM archive_letters m JOIN letters l ON l.id = m.letter_id
        LEFT JOIN journal o ON o.seq = l.journal_seq
        WHERE m.list_id = a.id AND l.list_id = a.id AND l.destroyed = 1 AND o.body ->> '$.content' IS NOT l.content) AS wrong
    FROM archive_lists a LEFT JOIN journal j ON j.seq = a.journal_seq ORDER BY a.journal_seq`,
  )

/** Scans that were added to letters, with what their links state of them. */
export const additionDigests = (
  db: ReadHandle,
): IterableIterator<{ readonly journalSeq: number; readonly sha256: string; readonly stated: string | null }> =>
  db.each(
    `SELECT a.journal_seq AS journalSeq, a.sha256, j.body ->> '$.sha256' AS stated
    FROM letter_additions a LEFT JOIN journal j ON j.seq = a.journal_seq ORDER BY a.journal_seq`,
  )
