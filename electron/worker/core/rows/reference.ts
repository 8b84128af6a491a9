import { calendar, type Calendar } from '#shared/domain/clock/calendar.ts'
import { appointment, type Appointment } from '#shared/domain/hall/appointment.ts'
import { mailDisposition, type MailDisposition } from '#shared/domain/mail/mailDisposition.ts'
import type { Holidays } from '#shared/domain/clock/deadline.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed, parsedOnce } from '../../store/json.ts'

/** Keeps a calendar as it is now; deadlines that were already promised stay. */
export function saveCalendar(db: WriteHandle, key: string, body: Calendar): void {
  db.run('INSERT INTO calendars (key, body) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET body = excluded.body', [
    key,
    JSON.stringify(body),
  ])
}

/** A calendar that was withdrawn counts no more. */
export function deleteCalendar(db: WriteHandle, key: string): void {
  db.run('DELETE FROM calendars WHERE key = ?', [key])
}

/** Every non-working day of the calendars that this counter was given, as ISO dates. */
export const readHolidays = (db: ReadHandle): Holidays =>
  new Set(
    db
      .all<{ body: string }>('SELECT body FROM calendars')
      .flatMap(({ body }) => parsedOnce(calendar, body).days.map((day) => day.date)),
  )

/** Keeps an appointment as it is now. */
export function saveAppointment(db: WriteHandle, body: Appointment): void {
  db.run(
    'INSERT INTO appointments (id, starts_at, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET starts_at = excluded.starts_at, body = excluded.body',
    [body.id, body.from, JSON.stringify(body)],
  )
}

/** The platform took it back, or its time is over. */
export function deleteAppointment(db: WriteHandle, id: string): void {
  db.run('DELETE FROM appointments WHERE id = ?', [id])
}

/** What is known of appointments between two UTC instants, soonest first, at most `limit`. */
export const appointmentsBetween = (db: ReadHandle, from: string, to: string, limit: number): readonly Appointment[] =>
  db
    .all<{ body: string }>(
      'SELECT body FROM appointments WHERE starts_at >= ? AND starts_at < ? ORDER BY starts_at, id LIMIT ?',
      [from, to, limit],
    )
    .map(({ body }) => parsed(appointment, body))

/** Keeps what was decided of a letter. */
export function saveDisposition(db: WriteHandle, body: MailDisposition): void {
  db.run(
    `INSERT INTO mail_dispositions (id, number, decided_at, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number, decided_at = excluded.decided_at, body = excluded.body`,
    [body.id, body.number, body.at, JSON.stringify(body)],
  )
}

/** The decision was taken back. */
export function deleteDisposition(db: WriteHandle, id: string): void {
  db.run('DELETE FROM mail_dispositions WHERE id = ?', [id])
}

/** The newest decisions, newest first. */
export const recentDispositions = (db: ReadHandle, limit: number): readonly MailDisposition[] =>
  db
    .all<{ body: string }>('SELECT body FROM mail_dispositions ORDER BY decided_at DESC, id LIMIT ?', [limit])
    .map(({ body }) => parsed(mailDisposition, body))

/** How much of each kind is here, and what waits for a newer version of the program. */
export function countReference(db: ReadHandle): {
  readonly procedures: number
  readonly accounts: number
  readonly calendars: number
  readonly appointments: number
  readonly dispositions: number
  readonly parked: number
} {
  const count = (from: string): number => db.get<{ n: number }>(`SELECT count(*) AS n FROM ${from}`)?.n ?? 0
  return {
    procedures: count('procedures WHERE withdrawn = 0'),
    accounts: count('accounts'),
    calendars: count('calendars'),
    appointments: count('appointments'),
    dispositions: count('mail_dispositions'),
    parked: count('parked_changes'),
  }
}
