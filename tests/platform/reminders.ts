import { z } from 'zod'
import { utcOffsetMinutes, wallTime } from '#shared/domain/clock/officeTime.ts'
import { appointment, type Appointment } from '#shared/domain/hall/appointment.ts'
import { readJson } from '#shared/domain/readJson.ts'
import type { Database, Session } from './database.ts'
import texts from './reminders.json' with { type: 'json' }
import type { SmsGateway } from './smsGateway.ts'

/** Whoever asked for a reminder where he booked. The number stays here: no counter is given it. */
export const reminderWish = z.strictObject({
  appointment: z.uuid(),
  /** E.164. */
  phone: z.string().regex(/^\+[1-9]\d{7,14}$/),
  language: z.enum(['fr', 'ar', 'en', 'zgh']),
})
export type ReminderWish = z.infer<typeof reminderWish>

const hour = 60 * 60_000
/** A reminder goes the day before; where the platform stood still, until two hours before. */
const [earliest, latest] = [24 * hour, 2 * hour]
/** The offices of a platform stand in one zone. */
const zone = { name: 'Africa/Casablanca', changes: [] }

/** Keeps a wish; the last one for an appointment holds. */
export const wishReminder = async (session: Session, { appointment: of, phone, language }: ReminderWish) => {
  await session.query(
    `INSERT INTO reminder_wish (appointment_id, phone, language) VALUES ($1, $2, $3)
     ON CONFLICT (appointment_id) DO UPDATE SET phone = excluded.phone, language = excluded.language`,
    [of, phone, language],
  )
}

/** The text of a reminder: one message of 70 letters. Amazigh has French until somebody translates it. */
export function reminderText(
  { from, office }: Pick<Appointment, 'from' | 'office'>,
  language: ReminderWish['language'],
) {
  const begins = new Date(from)
  const { day, time } = wallTime(begins, utcOffsetMinutes(zone, begins))
  const values: Record<string, string> = { day: day.split('-').reverse().join('/'), time, office }
  return texts[language === 'zgh' ? 'fr' : language].replaceAll(/\{(\w+)\}/gu, (_, name: string) => values[name] ?? '')
}

interface Row extends Pick<ReminderWish, 'phone' | 'language'> {
  readonly appointment_id: string
  readonly deleted: boolean | null
  readonly body: string | null
}

/**
 * Sends what is due: once for an appointment at a time, whichever node looks, and again where it was moved. Taken before
 * it is sent, so that an end in between reminds nobody twice; given back only where the centre sent nothing. A number
 * goes with its appointment. Returns how many were taken by the gateway.
 */
export async function remind(database: Database, gateway: SmsGateway, now: number): Promise<number> {
  const wishes = await database.query<Row>(
    `SELECT w.appointment_id, w.phone, w.language, r.deleted, r.body FROM reminder_wish w
     LEFT JOIN reference r ON r.feed = 'reference' AND r.kind = 'appointment' AND r.key = w.appointment_id AND NOT r.deleted`,
  )
  let sent = 0
  for (const { appointment_id: id, phone, language, body } of wishes) {
    const one = appointment.safeParse(readJson(body ?? '')).data
    const left = one === undefined ? undefined : Date.parse(one.from) - now
    if (one === undefined || left === undefined || one.state === 'cancelled' || left <= 0) {
      await forget(database, id)
      continue
    }
    if (left > earliest || left < latest) continue
    const claimed = await database.query(
      `INSERT INTO reminder (appointment_id, starts_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING appointment_id`,
      [id, one.from],
    )
    if (claimed.length === 0) continue
    const outcome = await gateway.send(phone, reminderText(one, language))
    if (outcome === 'taken') sent += 1
    if (outcome === 'refused')
      await database.query('DELETE FROM reminder WHERE appointment_id = $1 AND starts_at = $2', [id, one.from])
  }
  return sent
}

const forget = async (session: Session, id: string): Promise<void> => {
  await session.query('DELETE FROM reminder_wish WHERE appointment_id = $1', [id])
  await session.query('DELETE FROM reminder WHERE appointment_id = $1', [id])
}
