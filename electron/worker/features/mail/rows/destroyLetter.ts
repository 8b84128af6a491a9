import { remainsOf } from '#shared/domain/mail/archive/destroyed.ts'
import { codesKey, indexedWords } from '#shared/domain/mail/letterKeys.ts'
import { routing } from '#shared/domain/mail/letter.ts'
import { dropAttachment } from '../../../files/rows/attachments.ts'
import type { FileFolder } from '../../../files/fileFolder.ts'
import { forgetFile } from '../../../files/rows/files.ts'
import { wipeItem } from '../../../retention/rows/wiping.ts'
import type { ReadHandle, WriteHandle } from '../../../store/handle.ts'
import { parsed } from '../../../store/json.ts'
import { filesOf, type LetterRow } from './letters.ts'

/** Acts about a letter that the platform did not apply, or files of it that it does not hold. */
export const isUnsent = (db: ReadHandle, number: string): boolean =>
  db.get(
    `SELECT 1 AS there FROM outbox o WHERE o.number = :number AND o.state <> 'applied'
    UNION ALL SELECT 1 FROM outbox o JOIN uploads u ON u.seq = o.seq WHERE o.number = :number AND u.stored_at IS NULL LIMIT 1`,
    { number },
  ) !== undefined

/**
 * Destroys what a letter said: the line keeps its number, dates, kind and class; its files, the text of its scans, the
 * words that find it and the copies of its acts go, the files from the disk with the commit. A file that another letter,
 * act or draft names stays for that one.
 * @param at UTC instant, which the copies of its acts remember
 */
export function destroyLetter(db: WriteHandle, folder: FileFolder, row: LetterRow, at: string): void {
  const remains = remainsOf(row.letter)
  const files = filesOf(db, row.id).map(({ sha256 }) => sha256)
  db.run(
    `UPDATE letters SET destroyed = 1, body = ?, sender_key = '', reference_key = '', subject_key = '', label = NULL
    WHERE id = ?`,
    [JSON.stringify(remains), row.id],
  )
  db.run(`UPDATE letter_words SET words = ?, scans = '' WHERE rowid = ?`, [
    indexedWords([row.number]).join(' '),
    row.seq,
  ])
  db.run('UPDATE letter_codes SET codes = ? WHERE rowid = ?', [codesKey(row.number, remains), row.seq])
  db.run('DELETE FROM letter_texts WHERE letter_id = ?', [row.id])
  db.run('DELETE FROM letters_unread WHERE letter_id = ?', [row.id])
  db.run(`UPDATE letter_cancellations SET reason = '' WHERE letter_id = ?`, [row.id])
  for (const { id, body } of db.all<{ id: string; body: string }>(
    'SELECT command_id AS id, body FROM letter_routings WHERE letter_id = ?',
    [row.id],
  )) {
    const { instruction: _, ...rest } = parsed(routing, body)
    db.run('UPDATE letter_routings SET body = ? WHERE command_id = ?', [JSON.stringify(rest), id])
  }
  db.run('DELETE FROM letter_files WHERE letter_id = ?', [row.id])
  db.run('DELETE FROM letter_additions WHERE letter_id = ?', [row.id])
  for (const { id } of db.all<{ id: string }>('SELECT id FROM outbox WHERE number = ? AND wiped_at IS NULL', [
    row.number,
  ]))
    wipeItem.sentAct(db, id, at, folder)
  for (const sha256 of files)
    if (isNeeded(db, sha256)) forgetFile(db, folder, sha256)
    else dropAttachment(db, folder, sha256)
}

/** Whether something else than a letter, or another letter, has a file of this hash. */
const isNeeded = (db: ReadHandle, sha256: string): boolean =>
  db.get(
    `SELECT 1 AS there FROM letter_files WHERE sha256 = :sha256
    UNION ALL SELECT 1 FROM letter_additions WHERE sha256 = :sha256
    UNION ALL SELECT 1 FROM act_files WHERE sha256 = :sha256
    UNION ALL SELECT 1 FROM drafts d, json_each(d.body, '$.pieces') p, json_each(p.value, '$.attachments') f
      WHERE f.value = :sha256 LIMIT 1`,
    { sha256 },
  ) !== undefined
