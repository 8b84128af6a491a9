import type { OldLetterLine } from '#shared/contract/features/mail/views.ts'
import { indexedWords, joinedKey } from '#shared/domain/mail/letterKeys.ts'
import { oldLine, type OldLine } from '#shared/domain/mail/oldRegister.ts'
import type { ReadHandle, WriteHandle } from '../../../store/handle.ts'
import { parsed } from '../../../store/json.ts'

/** The line of an old register that has a number already; nothing where none has. */
export function oldLineOf(
  db: ReadHandle,
  { register, number }: Pick<OldLine, 'register' | 'number'>,
): OldLine | undefined {
  const row = db.get<{ body: string }>('SELECT body FROM old_letters WHERE register = ? AND number = ?', [
    register,
    number,
  ])
  return row === undefined ? undefined : parsed(oldLine, row.body)
}

/** Writes a line of an old register, and what finds it. */
export function insertOldLine(db: WriteHandle, importId: string, line: OldLine): void {
  db.run('INSERT INTO old_letters (import_id, register, number, day, body) VALUES (?, ?, ?, ?, ?)', [
    importId,
    line.register,
    line.number,
    line.receivedOn,
    JSON.stringify(line),
  ])
  const seq = db.get<{ seq: number }>('SELECT last_insert_rowid() AS seq')?.seq ?? 0
  const texts = [line.sender, line.subject, line.reference ?? '', line.service ?? '', line.note ?? '', line.number]
  const words = indexedWords([...texts, joinedKey(line.reference ?? ''), joinedKey(line.number)])
  db.run('INSERT INTO old_letter_words (rowid, words) VALUES (?, ?)', [seq, words.join(' ')])
}

/** An import that was taken. */
export interface ImportRow {
  readonly id: string
  readonly taken: number
  /** The newest line of ours when it was made. */
  readonly afterSeq: number
}

/** Writes an import before its lines. */
export function insertImport(
  db: WriteHandle,
  row: ImportRow & { readonly at: string; readonly agent: string; readonly sha256: string },
): void {
  db.run('INSERT INTO mail_imports (id, at, agent, sha256, taken, after_seq) VALUES (?, ?, ?, ?, ?, ?)', [
    row.id,
    row.at,
    row.agent,
    row.sha256,
    row.taken,
    row.afterSeq,
  ])
}

/** An import by the command that made it. */
export const findImport = (db: ReadHandle, id: string): { readonly taken: number } | undefined =>
  db.get('SELECT taken FROM mail_imports WHERE id = ?', [id])

/** The newest import that was not undone. */
export const newestImport = (db: ReadHandle): ImportRow | undefined =>
  db.get<ImportRow>(
    'SELECT id, taken, after_seq AS afterSeq FROM mail_imports WHERE undone_at IS NULL ORDER BY at DESC LIMIT 1',
  )

/** The newest line of ours; 0 where there is none. */
export const newestLetter = (db: ReadHandle): number =>
  db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM letters')?.seq ?? 0

/** Takes the lines of an import away again. */
export function removeImport(db: WriteHandle, id: string, at: string): void {
  db.run('DELETE FROM old_letter_words WHERE rowid IN (SELECT seq FROM old_letters WHERE import_id = ?)', [id])
  db.run('DELETE FROM old_letters WHERE import_id = ?', [id])
  db.run('UPDATE mail_imports SET undone_at = ? WHERE id = ?', [at, id])
}

/** A line as it is shown. */
export const oldLetterOf = (body: string): OldLetterLine => {
  const { number, register, receivedOn, sender, subject, reference, service } = parsed(oldLine, body)
  return {
    number,
    register,
    receivedOn,
    sender,
    subject,
    ...(reference === undefined ? {} : { reference }),
    ...(service === undefined ? {} : { service }),
  }
}
