import { correspondent, type Correspondent } from '#shared/domain/mail/letter.ts'
import { senderKey } from '#shared/domain/mail/letterKeys.ts'
import type { ReadHandle, WriteHandle } from '../../../store/handle.ts'
import { parsed } from '../../../store/json.ts'

/** Enters a body in the directory of the office; an Arabic name that comes later is added to the one that is there. */
export function saveCorrespondent(db: WriteHandle, body: Correspondent): void {
  db.run(
    `INSERT INTO correspondents (key, key_ar, body) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET key_ar = coalesce(excluded.key_ar, key_ar),
       body = CASE WHEN excluded.key_ar IS NULL THEN body ELSE excluded.body END`,
    [senderKey(body.name), body.nameAr === undefined ? null : senderKey(body.nameAr), JSON.stringify(body)],
  )
}

/** The body of the directory that bears a name, in either script. */
export function findCorrespondent(db: ReadHandle, name: string): Correspondent | undefined {
  const key = senderKey(name)
  const row = db.get<{ body: string }>(
    'SELECT body FROM correspondents WHERE key = :key UNION ALL SELECT body FROM correspondents WHERE key_ar = :key LIMIT 1',
    { key },
  )
  return row === undefined ? undefined : parsed(correspondent, row.body)
}

/** The other names of a sender that the directory knows: a letter is found by each. */
export const aliasesOf = (db: ReadHandle, { name, nameAr }: Correspondent): readonly string[] => {
  const known = [name, ...(nameAr === undefined ? [] : [nameAr])].flatMap((one) => findCorrespondent(db, one) ?? [])
  return known.flatMap((one) => [one.name, one.nameAr ?? ''])
}

/** Bodies of the directory whose name begins so, in either script. */
export const correspondentsLike = (db: ReadHandle, words: string, limit: number): readonly Correspondent[] =>
  db
    .all<{ body: string }>(
      `SELECT body FROM correspondents WHERE (key >= :from AND key < :to) OR (key_ar >= :from AND key_ar < :to)
        OR instr(key, ' ' || :from) > 0 OR instr(key_ar, ' ' || :from) > 0 ORDER BY key LIMIT :limit`,
      { ...beginning(words), limit },
    )
    .map(({ body }) => parsed(correspondent, body))

/** Senders of letters up to a level whose name begins so, those who wrote most first. */
export const writersLike = (
  db: ReadHandle,
  words: string,
  { level, limit }: { readonly level: number; readonly limit: number },
): readonly { readonly sender: Correspondent; readonly letters: number }[] =>
  db
    .all<{ body: string; letters: number }>(
      `SELECT body -> '$.sender' AS body, count(*) AS letters, max(seq) AS newest FROM letters
      WHERE sender_key >= :from AND sender_key < :to AND level <= :level GROUP BY sender_key
      ORDER BY letters DESC, newest DESC LIMIT :limit`,
      { ...beginning(words), level, limit },
    )
    .map(({ body, letters }) => ({ sender: parsed(correspondent, body), letters }))

/** The keys that begin with what was typed lie between these. */
const beginning = (words: string): { readonly from: string; readonly to: string } => {
  const from = senderKey(words)
  return { from, to: `${from}\uffff` }
}
