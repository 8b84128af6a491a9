import type { ReferenceView } from '#shared/contract/features/mail/views.ts'
import { unusedReason, type UnusedReason } from '#shared/domain/mail/ownReference.ts'
import { joinedKey } from '#shared/domain/mail/letterKeys.ts'
import type { CommandId, RegisterNumber } from '#shared/ids.ts'
import type { ReadHandle, WriteHandle } from '../../../store/handle.ts'

/** A reference that was given. */
export interface ReferenceRow {
  readonly text: string
  readonly service: string
  readonly answers: RegisterNumber | null
  readonly agent: string
  readonly at: string
}
const columns = 'text, service, answers, agent, at'
/** The link of the journal by which somebody said that it will not be used. */
const setAside = `FROM journal j WHERE j.subject = letter_references.text AND j.kind = 'mail.referenceUnused'`

/** The reference that a command was given. */
export const referenceOfCommand = (db: ReadHandle, id: CommandId): ReferenceRow | undefined =>
  db.get<ReferenceRow>(`SELECT ${columns} FROM letter_references WHERE command_id = ?`, [id])

/** Keeps a reference that was taken. */
export const insertReference = (
  db: WriteHandle,
  row: ReferenceRow & { readonly commandId: CommandId; readonly day: string },
): void => {
  db.run(
    'INSERT INTO letter_references (command_id, text, key, service, answers, agent, at, day) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [row.commandId, row.text, joinedKey(row.text), row.service, row.answers, row.agent, row.at, row.day],
  )
}

/** A departure bears it, however it was typed; one that another departure bears stays with that. */
export const useReference = (db: WriteHandle, text: string, letterId: string): void => {
  db.run(
    `UPDATE letter_references SET letter_id = ? WHERE seq = (
      SELECT seq FROM letter_references WHERE key = ? AND letter_id IS NULL ORDER BY text = ? DESC LIMIT 1)`,
    [letterId, joinedKey(text), text],
  )
}

/** The departure that bore it was cancelled: another one may bear it. */
export const freeReference = (db: WriteHandle, letterId: string): void => {
  db.run('UPDATE letter_references SET letter_id = NULL WHERE letter_id = ?', [letterId])
}

/**
 * References that no departure bears, newest first, with the reason for which one will not be used.
 * @param period an ISO day, or the year of them
 */
export const unusedReferences = (
  db: ReadHandle,
  period: string,
  limit: number,
): readonly (ReferenceRow & { readonly reason: UnusedReason | undefined })[] =>
  db
    .all<ReferenceRow & { reason: string | null }>(
      `SELECT ${columns}, (SELECT j.body ->> '$.reason' ${setAside} LIMIT 1) AS reason FROM letter_references
      WHERE letter_id IS NULL AND day >= ? AND day <= ? ORDER BY seq DESC LIMIT ?`,
      [period, `${period}~`, limit],
    )
    .map(({ reason, ...row }) => ({ ...row, reason: unusedReason.safeParse(reason).data }))

/** References that still wait for their departure, newest first. @param year of four digits */
export const openReferencesOf = (db: ReadHandle, year: string, limit: number): readonly ReferenceRow[] =>
  db.all<ReferenceRow>(
    `SELECT ${columns} FROM letter_references
    WHERE letter_id IS NULL AND day >= ? AND day <= ? AND NOT EXISTS (SELECT 1 ${setAside}) ORDER BY seq DESC LIMIT ?`,
    [year, `${year}~`, limit],
  )

/** Whether a reference still waits for its departure. */
export const isOpenReference = (db: ReadHandle, text: string): boolean =>
  db.get(`SELECT 1 FROM letter_references WHERE text = ? AND letter_id IS NULL AND NOT EXISTS (SELECT 1 ${setAside})`, [
    text,
  ]) !== undefined

/** As it is shown. */
export const referenceView = ({ text, service, answers, agent, at }: ReferenceRow): ReferenceView => ({
  text,
  service,
  agent,
  at,
  ...(answers === null ? {} : { inReplyTo: answers }),
})

/** A reference by its text, the departure that bears it, and why it was not to be used where somebody said so. */
export const findReference = (
  db: ReadHandle,
  text: string,
):
  | {
      readonly row: ReferenceRow
      readonly departure: RegisterNumber | undefined
      readonly setAside: UnusedReason | undefined
    }
  | undefined => {
  const found = db.get<ReferenceRow & { departure: RegisterNumber | null; reason: string | null }>(
    `SELECT ${columns}, (SELECT number FROM letters l WHERE l.id = letter_id) AS departure,
      (SELECT j.body ->> '$.reason' ${setAside} LIMIT 1) AS reason FROM letter_references WHERE text = ?`,
    [text],
  )
  if (found === undefined) return undefined
  const { departure, reason, ...row } = found
  return { row, departure: departure ?? undefined, setAside: unusedReason.safeParse(reason).data }
}
