import { letterDraft, type LetterDraft } from '#shared/domain/mail/letter.ts'
import { indexedWords, textsOf } from '#shared/domain/mail/letterKeys.ts'
import type { ReadHandle, WriteHandle } from '../../../store/handle.ts'
import { parsed } from '../../../store/json.ts'
import { aliasesOf } from './correspondents.ts'

/** A letter whose files nobody read yet. */
export interface UnreadLetter {
  readonly id: string
  readonly day: string
}

/** The newest letter whose files nobody read yet. */
export const nextUnread = (db: ReadHandle): UnreadLetter | undefined =>
  db.get<UnreadLetter>(
    'SELECT l.id, l.day FROM letters_unread u JOIN letters l ON l.id = u.letter_id ORDER BY l.seq DESC LIMIT 1',
  )

/** Keeps what the files of a letter say, which finds it from now on. */
export function keepText(db: WriteHandle, letterId: string, text: string, at: string): void {
  db.run('DELETE FROM letters_unread WHERE letter_id = ?', [letterId])
  const line = db.get<{ seq: number; number: string; body: string }>(
    'SELECT seq, number, body FROM letters WHERE id = ?',
    [letterId],
  )
  if (text.trim() === '' || line === undefined) return
  // A scan that was added later has the files of its letter read once more.
  db.run(
    `INSERT INTO letter_texts (letter_id, text, read_at) VALUES (?, ?, ?)
    ON CONFLICT (letter_id) DO UPDATE SET text = excluded.text, read_at = excluded.read_at`,
    [letterId, text, at],
  )
  // An index without a text of its own takes a line anew as a whole.
  db.run('UPDATE letter_words SET words = ?, scans = ? WHERE rowid = ?', [
    lineWords(db, parsed(letterDraft, line.body), line.number),
    indexedWords([text]).join(' '),
    line.seq,
  ])
}

/** The words that find a line by what is registered of it, and by the other names of its sender. */
export const lineWords = (db: ReadHandle, letter: LetterDraft, number: string): string =>
  indexedWords([...textsOf(letter), ...aliasesOf(db, letter.sender), number]).join(' ')
