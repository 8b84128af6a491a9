import type { LetterDraft } from '#shared/domain/mail/letter.ts'
import { joinedKey, senderKey } from '#shared/domain/mail/letterKeys.ts'
import type { ReadHandle } from '../../../store/handle.ts'
import { letterColumns, rowOf, type LetterRow, type RawLetter } from './letters.ts'

/**
 * Letters of the same register that are like this one, newest first: the same sender with the same reference, or with the
 * same subject and date; the same number of the digital mail office; or one that holds the very same file. Cancelled
 * lines are none, nor is what lies above the level.
 */
export function likeLetters(
  db: ReadHandle,
  asked: {
    readonly letter: LetterDraft
    readonly files: readonly { readonly sha256: string }[]
    readonly level: number
    readonly limit: number
  },
): readonly LetterRow[] {
  const { letter, files, level, limit } = asked
  return db
    .all<RawLetter>(
      `SELECT ${letterColumns} FROM letters l
      WHERE l.register = :register AND l.state <> 'cancelled' AND l.level <= :level AND l.seq IN (
        SELECT seq FROM letters WHERE sender_key = :sender AND reference_key = :reference AND reference_key <> ''
        UNION SELECT seq FROM letters WHERE sender_key = :sender AND subject_key = :subject
          AND (reference_key = '' OR :reference = '' OR reference_key = :reference)
          AND coalesce(body ->> '$.letterDate', '') = :date
        UNION SELECT o.seq FROM letter_codes i CROSS JOIN letters o ON o.seq = i.rowid
          WHERE letter_codes MATCH :codes AND o.body ->> '$.digitalNumber' = :digital
        UNION SELECT o.seq FROM letter_files f JOIN letters o ON o.id = f.letter_id
          WHERE f.sha256 IN (SELECT value FROM json_each(:files))
        UNION SELECT o.seq FROM letter_additions a JOIN letters o ON o.id = a.letter_id
          WHERE a.sha256 IN (SELECT value FROM json_each(:files))
      ) ORDER BY l.seq DESC LIMIT :limit`,
      {
        register: letter.register,
        level,
        limit,
        sender: senderKey(letter.sender.name),
        reference: joinedKey(letter.reference ?? ''),
        subject: joinedKey(letter.subject),
        date: letter.letterDate ?? '',
        digital: letter.digitalNumber ?? '',
        codes: `"${joinedKey(letter.digitalNumber ?? '')}"`,
        files: JSON.stringify(files.map(({ sha256 }) => sha256)),
      },
    )
    .map(rowOf)
}
