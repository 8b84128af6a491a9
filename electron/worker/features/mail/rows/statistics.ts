import type { MailStatistics } from '#shared/contract/features/mail/views.ts'
import { letterRegisters, type LetterRegister } from '#shared/domain/mail/letter.ts'
import type { RegisterNumber } from '#shared/ids.ts'
import type { ReadHandle } from '../../../store/handle.ts'

interface Asked {
  /** First and last day on which they came. */
  readonly from: string
  readonly to: string
  readonly today: string
  /** Nothing above it is counted. */
  readonly level: number
}

/** How much came and left in a time, for whom, of what kind, and how long answers took, of what may be seen. */
export function statisticsOf(db: ReadHandle, asked: Asked): MailStatistics {
  const { from, to, today, level } = asked
  const within = { from, to, level }
  const named = (column: string): MailStatistics['services'] => [
    ...db.all<{ name: string; count: number }>(
      `SELECT ${column} AS name, count(*) AS count FROM letters
      WHERE day BETWEEN :from AND :to AND level <= :level AND state <> 'cancelled' AND ${column} IS NOT NULL
      GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50`,
      within,
    ),
  ]
  const days = db
    .all<{ days: number }>(
      `SELECT julianday(substr(min(a.registered_at), 1, 10)) - julianday(l.day) AS days
      FROM letters l JOIN letters a ON a.answers = l.number AND a.state <> 'cancelled'
      WHERE l.day BETWEEN :from AND :to AND l.level <= :level AND l.register = 'arrival' GROUP BY l.seq ORDER BY 1`,
      within,
    )
    .map((row) => row.days)
  const at = (part: number): number | undefined => days[Math.min(days.length - 1, Math.floor(days.length * part))]
  const [median, p90] = [at(0.5), at(0.9)]
  return {
    from,
    to,
    registers: registersOf(db, within),
    months: [
      ...db.all<{ month: string; arrivals: number; departures: number }>(
        `SELECT substr(day, 1, 7) AS month, sum(register = 'arrival') AS arrivals, sum(register = 'departure') AS departures
        FROM letters WHERE day BETWEEN :from AND :to AND level <= :level AND state <> 'cancelled' GROUP BY 1 ORDER BY 1`,
        within,
      ),
    ],
    services: named('service'),
    kinds: named(`body ->> '$.kind'`),
    answered: days.length,
    ...(median === undefined || p90 === undefined ? {} : { daysMedian: median, daysP90: p90 }),
    overdue:
      db.get<{ n: number }>(
        `SELECT count(*) AS n FROM letters WHERE day BETWEEN :from AND :to AND level <= :level AND due_on < :today
          AND state NOT IN ('answered', 'cancelled')`,
        { ...within, today },
      )?.n ?? 0,
  }
}

const registersOf = (
  db: ReadHandle,
  within: { readonly from: string; readonly to: string; readonly level: number },
): MailStatistics['registers'] => {
  const rows = db.all<{
    register: LetterRegister
    count: number
    cancelled: number
    first: RegisterNumber
    last: RegisterNumber
  }>(
    `SELECT c.register, c.count, c.cancelled, f.number AS first, t.number AS last FROM (
      SELECT register, count(*) AS count, sum(state = 'cancelled') AS cancelled, min(seq) AS low, max(seq) AS high
      FROM letters WHERE day BETWEEN :from AND :to AND level <= :level GROUP BY register
    ) c JOIN letters f ON f.seq = c.low JOIN letters t ON t.seq = c.high`,
    within,
  )
  return letterRegisters.map(
    (register) => rows.find((row) => row.register === register) ?? { register, count: 0, cancelled: 0 },
  )
}
