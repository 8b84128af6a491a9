import { z } from 'zod'
import type { LetterLine } from '#shared/contract/features/mail/views.ts'
import {
  confidentialities,
  letterDraft,
  type LetterDraft,
  type LetterRegister,
  type LetterState,
} from '#shared/domain/mail/letter.ts'
import { joinedKey } from '#shared/domain/mail/letterKeys.ts'
import type { RegisterNumber, Sha256 } from '#shared/ids.ts'
import type { ReadHandle, WriteHandle } from '../../../store/handle.ts'
import { parsedOnce } from '../../../store/json.ts'

/** A line of a register with what is only the program's. */
export interface LetterRow {
  readonly seq: number
  readonly id: string
  readonly commandId: string
  readonly register: LetterRegister
  readonly number: RegisterNumber
  /** The day on which it came, or was sent. */
  readonly day: string
  readonly registeredAt: string
  readonly late: boolean
  /** 0 to 3: `confidentialities`. */
  readonly level: number
  readonly letter: LetterDraft
  readonly content: Sha256
  readonly agent: string
  readonly state: LetterState
  readonly service: string | undefined
  readonly by: string | undefined
  readonly holder: string | undefined
  readonly holderSince: string | undefined
  readonly files: number
  /** How often its service was reminded of it, and when last. */
  readonly reminders: number
  readonly remindedAt: string | undefined
  /** Of a departure: the day that stands on its acknowledgement. */
  readonly acknowledgedOn: string | undefined
  /** The class of the plan that somebody gave it. */
  readonly class: string | undefined
  /** The list of the archive on which it stands. */
  readonly listId: string | undefined
  readonly destroyed: boolean
}

interface Raw {
  readonly seq: number
  readonly id: string
  readonly commandId: string
  readonly register: LetterRegister
  readonly number: RegisterNumber
  readonly day: string
  readonly registeredAt: string
  readonly late: number
  readonly level: number
  readonly body: string
  readonly content: Sha256
  readonly agent: string
  readonly state: LetterState
  readonly service: string | null
  readonly by: string | null
  readonly holder: string | null
  readonly holderSince: string | null
  readonly files: number
  readonly reminders: number
  readonly remindedAt: string | null
  readonly acknowledgedOn: string | null
  readonly class: string | null
  readonly listId: string | null
  readonly destroyed: number
}

/** What `rowOf` reads, of a table `letters` named `l`. */
export const letterColumns = `l.seq, l.id, l.command_id AS commandId, l.register, l.number, l.day,
  l.registered_at AS registeredAt, l.late, l.level, l.body, l.content, l.agent, l.state, l.service, l.due_on AS by,
  l.holder, l.holder_since AS holderSince, l.class, l.list_id AS listId, l.destroyed,
  (SELECT count(*) FROM letter_files f WHERE f.letter_id = l.id)
    + (SELECT count(*) FROM letter_additions a WHERE a.letter_id = l.id) AS files,
  (SELECT count(*) FROM letter_reminders m WHERE m.letter_id = l.id) AS reminders,
  (SELECT max(r.at) FROM letter_reminders m JOIN reminders r ON r.id = m.reminder_id WHERE m.letter_id = l.id) AS remindedAt,
  (SELECT signed_on FROM letter_acknowledgements k WHERE k.letter_id = l.id) AS acknowledgedOn`

/** The line of a row that was read with `letterColumns`. */
export const rowOf = ({
  body,
  late,
  service,
  by,
  holder,
  holderSince,
  remindedAt,
  acknowledgedOn,
  ...row
}: Raw): LetterRow => ({
  ...row,
  class: row.class ?? undefined,
  listId: row.listId ?? undefined,
  destroyed: row.destroyed === 1,
  late: late === 1,
  // A line hardly ever changes: whoever types sees the same ones again with each letter.
  letter: parsedOnce(letterDraft, body),
  service: service ?? undefined,
  by: by ?? undefined,
  holder: holder ?? undefined,
  holderSince: holderSince ?? undefined,
  remindedAt: remindedAt ?? undefined,
  acknowledgedOn: acknowledgedOn ?? undefined,
})
export type RawLetter = Raw

const one = (db: ReadHandle, where: string, value: string): LetterRow | undefined => {
  const row = db.get<Raw>(`SELECT ${letterColumns} FROM letters l WHERE ${where} = ?`, [value])
  return row === undefined ? undefined : rowOf(row)
}
/** The letter of a number. */
export const letterOfNumber = (db: ReadHandle, number: string): LetterRow | undefined => one(db, 'l.number', number)
/** The letter that a command registered. */
export const letterOfCommand = (db: ReadHandle, id: string): LetterRow | undefined => one(db, 'l.command_id', id)

/** The level of the letter of a number, 0 to 3; that of a secret where there is none, so that nobody is told of it. */
export const levelOfNumber = (db: ReadHandle, number: string): number =>
  db.get<{ level: number }>('SELECT level FROM letters WHERE number = ?', [number])?.level ?? 3

/**
 * The departure that bears the number of a registered item, however it was typed: of several (one envelope, or a number
 * that the post gives again after a year) the newest that waits for its acknowledgement, else the newest.
 * @param code as `postalItem` writes it
 */
export const postedLetter = (db: ReadHandle, code: string): LetterRow | undefined => {
  const key = joinedKey(code)
  return db
    .all<Raw>(
      `SELECT ${letterColumns} FROM letter_codes i CROSS JOIN letters l ON l.seq = i.rowid
      WHERE letter_codes MATCH ? AND l.register = 'departure' AND l.state <> 'cancelled' ORDER BY l.seq DESC LIMIT 50`,
      [`"${key}"`],
    )
    .map(rowOf)
    .filter(({ letter }) => joinedKey(letter.postalNumber ?? '') === key)
    .sort((one, other) => Number(one.acknowledgedOn !== undefined) - Number(other.acknowledgedOn !== undefined))[0]
}

/** A letter as somebody may see it: it names none above his level that it answers. */
export const letterUpTo = (db: ReadHandle, letter: LetterDraft, level: number): LetterDraft => {
  const { inReplyTo, ...rest } = letter
  return inReplyTo !== undefined && levelOfNumber(db, inReplyTo) > level ? rest : letter
}

/** A line as it is shown. */
export const lineOf = (row: LetterRow): LetterLine => ({
  id: row.id,
  number: row.number,
  register: row.register,
  receivedOn: row.day,
  registeredAt: row.registeredAt,
  late: row.late,
  sender: row.letter.sender,
  recipients: row.letter.recipients,
  subject: row.letter.subject,
  ...(row.letter.reference === undefined ? {} : { reference: row.letter.reference }),
  ...(row.letter.letterDate === undefined ? {} : { letterDate: row.letter.letterDate }),
  kind: row.letter.kind,
  urgency: row.letter.urgency,
  confidentiality: confidentialities[row.level] ?? 'secret',
  ...(row.service === undefined ? {} : { service: row.service }),
  ...(row.by === undefined ? {} : { by: row.by }),
  state: row.state,
  ...(row.holder === undefined || row.holderSince === undefined
    ? {}
    : { holder: { service: row.holder, since: row.holderSince } }),
  files: row.files,
  ...(row.remindedAt === undefined ? {} : { reminded: { times: row.reminders, at: row.remindedAt } }),
  ...(row.acknowledgedOn === undefined ? {} : { acknowledgedOn: row.acknowledgedOn }),
  ...(row.destroyed ? { destroyed: true } : {}),
})

/** A line before it is written, with the words that find it. */
export interface NewLetter extends Omit<
  LetterRow,
  | 'seq'
  | 'state'
  | 'service'
  | 'by'
  | 'holder'
  | 'holderSince'
  | 'files'
  | 'reminders'
  | 'remindedAt'
  | 'acknowledgedOn'
  | 'class'
  | 'listId'
  | 'destroyed'
> {
  /** The last day that a law gives to answer it. */
  readonly dueOn: string | undefined
  readonly senderKey: string
  readonly referenceKey: string
  readonly subjectKey: string
  readonly words: string
  readonly codes: string
  readonly journalSeq: number
  readonly attached: readonly { readonly sha256: Sha256; readonly name: string; readonly mime: string }[]
}

/** Writes a line, its files and what finds it. */
export function insertLetter(db: WriteHandle, row: NewLetter): void {
  db.run(
    `INSERT INTO letters (id, command_id, register, number, day, registered_at, late, level, body, content, sender_key,
      reference_key, subject_key, label, answers, agent, service, due_on, journal_seq, class)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      row.id,
      row.commandId,
      row.register,
      row.number,
      row.day,
      row.registeredAt,
      row.late ? 1 : 0,
      row.level,
      JSON.stringify(row.letter),
      row.content,
      row.senderKey,
      row.referenceKey,
      row.subjectKey,
      row.letter.label ?? null,
      row.letter.inReplyTo ?? null,
      row.agent,
      row.letter.service ?? null,
      row.dueOn ?? null,
      row.journalSeq,
      row.letter.class ?? null,
    ],
  )
  const seq = db.get<{ seq: number }>('SELECT seq FROM letters WHERE id = ?', [row.id])?.seq ?? 0
  db.run(`INSERT INTO letter_words (rowid, words, scans) VALUES (?, ?, '')`, [seq, row.words])
  db.run('INSERT INTO letter_codes (rowid, codes) VALUES (?, ?)', [seq, row.codes])
  row.attached.forEach(({ sha256, name, mime }, at) => {
    db.run('INSERT INTO letter_files (letter_id, rank, sha256, name, mime) VALUES (?, ?, ?, ?, ?)', [
      row.id,
      at + 1,
      sha256,
      name,
      mime,
    ])
  })
  if (row.attached.length > 0) db.run('INSERT INTO letters_unread (letter_id) VALUES (?)', [row.id])
  if (row.letter.inReplyTo !== undefined)
    db.run(`UPDATE letters SET state = 'answered' WHERE number = ? AND state <> 'cancelled'`, [row.letter.inReplyTo])
}

/** Where a letter stands from now on. */
export function updateStanding(
  db: WriteHandle,
  id: string,
  now: Partial<{
    state: LetterState
    service: string
    by: string | null
    holder: string | null
    holderSince: string | null
    class: string
    listId: string | null
  }>,
): void {
  const columns = {
    state: 'state',
    service: 'service',
    by: 'due_on',
    holder: 'holder',
    holderSince: 'holder_since',
    class: 'class',
    listId: 'list_id',
  }
  for (const [key, value] of Object.entries(now))
    db.run(`UPDATE letters SET ${columns[key as keyof typeof columns]} = ? WHERE id = ?`, [value, id]) // its own keys
}

const file = z.object({ sha256: z.string(), name: z.string(), mime: z.string(), size: z.int() })
/** The files of a letter in their order: those that it came with, then scans that were added. */
export const filesOf = (db: ReadHandle, letterId: string) =>
  db
    .all(
      `SELECT f.sha256, f.name, f.mime, coalesce(s.size, 0) AS size FROM (
        SELECT sha256, name, mime, 0 AS later, rank AS place FROM letter_files WHERE letter_id = :id
        UNION ALL SELECT sha256, name, mime, 1, journal_seq FROM letter_additions WHERE letter_id = :id
      ) f LEFT JOIN files s USING (sha256) ORDER BY later, place`,
      { id: letterId },
    )
    .map((row) => {
      const { sha256, ...rest } = file.parse(row)
      return { sha256: sha256 as Sha256, ...rest } // a digest of ours
    })

/** The letters of ours that answer this one and stand. */
export const answersTo = (db: ReadHandle, number: string): readonly RegisterNumber[] =>
  db
    .all<{ number: RegisterNumber }>(
      `SELECT number FROM letters WHERE answers = ? AND state <> 'cancelled' ORDER BY seq`,
      [number],
    )
    .map((row) => row.number)
