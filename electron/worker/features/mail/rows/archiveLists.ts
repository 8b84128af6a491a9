import { z } from 'zod'
import {
  type ArchiveList,
  type ListDecision,
  type ListedClass,
  type ListKind,
} from '#shared/contract/features/mail/archive/views.ts'
import type { RegisterNumber, Sha256 } from '#shared/ids.ts'
import type { ReadHandle, WriteHandle } from '../../../store/handle.ts'
import { parsed } from '../../../store/json.ts'

/** A letter on a list, as it stood when it was listed. */
export interface ListedLetter {
  readonly letterId: string
  readonly number: RegisterNumber
  readonly day: string
  readonly level: number
  readonly class: string
  /** The hashes of its files. */
  readonly files: readonly string[]
  readonly content: Sha256
  /** The digest of how it stood. */
  readonly standing: string
}

/** The place that the next list of a kind takes. */
export const nextList = (db: ReadHandle, kind: ListKind): number =>
  (db.get<{ rank: number | null }>('SELECT max(rank) AS rank FROM archive_lists WHERE kind = ?', [kind])?.rank ?? 0) + 1

/** Writes a list, and that its letters stand on it. */
export function insertList(
  db: WriteHandle,
  row: Pick<ArchiveList, 'listId' | 'kind' | 'rank' | 'digest' | 'agent' | 'at'> & {
    readonly commandId: string
    readonly journalSeq: number
    readonly lines: readonly ListedLetter[]
  },
): void {
  db.run(
    'INSERT INTO archive_lists (id, command_id, kind, rank, digest, agent, at, journal_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [row.listId, row.commandId, row.kind, row.rank, row.digest, row.agent, row.at, row.journalSeq],
  )
  row.lines.forEach((line, at) => {
    db.run(
      'INSERT INTO archive_letters (list_id, place, letter_id, class, files, standing) VALUES (?, ?, ?, ?, ?, ?)',
      [row.listId, at + 1, line.letterId, line.class, JSON.stringify(line.files), line.standing],
    )
    db.run('UPDATE letters SET list_id = ? WHERE id = ?', [row.listId, line.letterId])
  })
}

/** What was decided of a list. */
export function insertDecision(
  db: WriteHandle,
  row: ArchiveList['decisions'][number] & {
    readonly commandId: string
    readonly listId: string
    readonly journalSeq: number
  },
): void {
  db.run(
    `INSERT INTO archive_decisions (command_id, list_id, what, reference, given_on, agent, at, journal_seq)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [row.commandId, row.listId, row.what, row.reference ?? null, row.on ?? null, row.agent, row.at, row.journalSeq],
  )
  if (row.what === 'withdrawn') db.run('UPDATE letters SET list_id = NULL WHERE list_id = ?', [row.listId])
}

const hashes = z.array(z.string())

/** The letters of a list, in its order. */
export const listedLetters = (db: ReadHandle, listId: string): readonly ListedLetter[] =>
  db
    .all<Omit<ListedLetter, 'files'> & { readonly files: string }>(
      `SELECT l.id AS letterId, l.number, l.day, l.level, m.class, m.files, l.content, m.standing
      FROM archive_letters m JOIN letters l ON l.id = m.letter_id WHERE m.list_id = ? ORDER BY m.place`,
      [listId],
    )
    .map(({ files, ...row }) => ({ ...row, files: parsed(hashes, files) }))

/** How many letters of each class stand on a list, with the days of the oldest and of the newest. */
export const classesOf = (lines: readonly ListedLetter[]): ListedClass[] =>
  [...Map.groupBy(lines, (line) => line.class)].map(([code, of]) => ({
    code,
    letters: of.length,
    files: of.reduce((sum, { files }) => sum + files.length, 0),
    first: of.reduce((day, one) => (one.day < day ? one.day : day), '9999-12-31'),
    last: of.reduce((day, one) => (one.day > day ? one.day : day), ''),
  }))

type ListRow = Pick<ArchiveList, 'listId' | 'kind' | 'rank' | 'digest' | 'agent' | 'at'>
const columns = 'l.id AS listId, l.kind, l.rank, l.digest, l.agent, l.at FROM archive_lists l'
const listOf = (db: ReadHandle, row: ListRow): ArchiveList => {
  const lines = listedLetters(db, row.listId)
  const decisions = db
    .all<{ what: ListDecision; at: string; agent: string; reference: string | null; day: string | null }>(
      `SELECT what, at, agent, reference, given_on AS day FROM archive_decisions WHERE list_id = ? ORDER BY journal_seq`,
      [row.listId],
    )
    .map(({ reference, day, ...one }) => ({
      ...one,
      ...(reference === null ? {} : { reference }),
      ...(day === null ? {} : { on: day }),
    }))
  return {
    ...row,
    state: decisions.at(-1)?.what ?? 'proposed',
    classes: classesOf(lines),
    letters: lines.map(({ number }) => number),
    decisions,
  }
}

/** A list by its id, by the command that made it, or by one that decided something of it. */
export function findList(
  db: ReadHandle,
  where: { readonly id: string } | { readonly command: string },
): ArchiveList | undefined {
  const row =
    'id' in where
      ? db.get<ListRow>(`SELECT ${columns} WHERE l.id = ?`, [where.id])
      : db.get<ListRow>(
          `SELECT ${columns} WHERE l.command_id = :id
            OR l.id = (SELECT list_id FROM archive_decisions WHERE command_id = :id)`,
          { id: where.command },
        )
  return row === undefined ? undefined : listOf(db, row)
}

/** The newest lists whose letters may all be seen up to a level, newest first. */
export const newestLists = (db: ReadHandle, level: number, limit: number): ArchiveList[] =>
  db
    .all<ListRow>(
      `SELECT ${columns} WHERE ${String(level)} >= (SELECT max(e.level) FROM archive_letters m
        JOIN letters e ON e.id = m.letter_id WHERE m.list_id = l.id) ORDER BY l.journal_seq DESC LIMIT ?`,
      [limit],
    )
    .map((row) => listOf(db, row))

/** What was decided of a list, once it was. */
export const decisionOf = ({ decisions }: ArchiveList, what: ListDecision) => decisions.find((one) => one.what === what)
