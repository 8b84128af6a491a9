import type { ReminderView } from '#shared/contract/features/mail/views.ts'
import type { RegisterNumber } from '#shared/ids.ts'
import type { ReadHandle, WriteHandle } from '../../../store/handle.ts'

/** The place that the next reminder of this counter takes. */
export const nextReminder = (db: ReadHandle): number =>
  (db.get<{ rank: number | null }>('SELECT max(rank) AS rank FROM reminders')?.rank ?? 0) + 1

/** Writes a reminder with the letters that it names. */
export function insertReminder(
  db: WriteHandle,
  row: Omit<ReminderView, 'letters'> & {
    readonly commandId: string
    readonly journalSeq: number
    readonly letterIds: readonly string[]
  },
): void {
  db.run('INSERT INTO reminders (id, command_id, rank, service, agent, at, journal_seq) VALUES (?, ?, ?, ?, ?, ?, ?)', [
    row.reminderId,
    row.commandId,
    row.rank,
    row.service,
    row.agent,
    row.at,
    row.journalSeq,
  ])
  for (const letterId of row.letterIds)
    db.run('INSERT INTO letter_reminders (letter_id, reminder_id) VALUES (?, ?)', [letterId, row.reminderId])
}

/** The reminder that a command wrote, with its letters up to a level. */
export function reminderOfCommand(db: ReadHandle, commandId: string, level: number): ReminderView | undefined {
  const row = db.get<Omit<ReminderView, 'letters'>>(
    'SELECT id AS reminderId, rank, service, agent, at FROM reminders WHERE command_id = ?',
    [commandId],
  )
  if (row === undefined) return undefined
  const letters = db
    .all<{ number: RegisterNumber }>(
      `SELECT l.number FROM letter_reminders m JOIN letters l ON l.id = m.letter_id
      WHERE m.reminder_id = ? AND l.level <= ? ORDER BY l.seq`,
      [row.reminderId, level],
    )
    .map(({ number }) => number)
  return { ...row, letters }
}

/** Every time that a service was reminded of a letter, oldest first. */
export const remindersOf = (
  db: ReadHandle,
  letterId: string,
): readonly {
  readonly at: string
  readonly agent: string
  readonly seq: number
  readonly service: string
  readonly rank: number
}[] =>
  db.all(
    `SELECT r.at, r.agent, r.journal_seq AS seq, r.service, r.rank
    FROM letter_reminders m JOIN reminders r ON r.id = m.reminder_id WHERE m.letter_id = ? ORDER BY r.rank`,
    [letterId],
  )
