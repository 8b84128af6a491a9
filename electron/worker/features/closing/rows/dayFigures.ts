import { z } from 'zod'
import type { DayFigures } from '#shared/domain/closing/closing.ts'
import type { RegisterNumber } from '#shared/ids.ts'
import type { ReadHandle } from '../../../store/handle.ts'
import { newestProcedure } from '../../../core/rows/procedures.ts'
import { countOutbox } from '../../../outbox/rows/outboxRows.ts'
import { openPapers } from '../../../papers/rows/printJobs.ts'

const repairCount = z.object({ kind: z.enum(['corrected', 'cancelled', 'overridden']), count: z.int() })

/**
 * The figures of a day of the office. Deposits belong to the day that they bear; what was decided of them and reprinted
 * belongs to
 * the first closing after it, so that nothing is counted twice or never, whenever a day is closed.
 * @param since the link of the journal that closed the day before, 0 when none did
 */
export function readDayFigures(db: ReadHandle, day: string, since: number): DayFigures {
  // `CROSS JOIN`: the planner would begin with all receipts of the register, by their kind.
  const deposits = db.get<{
    issued: number
    incomplete: number
    least: number | null
    most: number | null
    fees: number | null
  }>(
    `SELECT count(*) AS issued, count(*) FILTER (WHERE q.complete = 0) AS incomplete, min(q.sequence) AS least, max(q.sequence) AS most,
       sum(coalesce(json_extract(r.facts, '$.fee.centimes'), 0)) AS fees
     FROM requests q CROSS JOIN papers r ON r.kind = 'receipt' AND r.subject = q.id AND r.rank = 0 WHERE q.day = ?`,
    [day],
  )
  const numberOf = (sequence: number | null | undefined): RegisterNumber | undefined =>
    // written from a parsed number
    db.get<{ number: RegisterNumber }>('SELECT number FROM requests WHERE day = ? AND sequence = ? LIMIT 1', [
      day,
      sequence ?? 0,
    ])?.number
  const [first, last] = [numberOf(deposits?.least), numberOf(deposits?.most)]
  const issued = deposits?.issued ?? 0
  const repairs = new Map(
    db
      .all<unknown>('SELECT kind, count(*) AS count FROM repairs WHERE journal_seq > ? GROUP BY kind', [since])
      .map((row) => repairCount.parse(row))
      .map((row) => [row.kind, row.count]),
  )
  const reprinted =
    db.get<{ count: number }>("SELECT count(*) AS count FROM journal WHERE kind = 'receipt.reprinted' AND seq > ?", [
      since,
    ])?.count ?? 0
  const { pending, refused } = countOutbox(db)
  return {
    day,
    ...(first === undefined || last === undefined
      ? {}
      : { numbers: { first, last, missing: (deposits?.most ?? 0) - (deposits?.least ?? 0) + 1 - issued } }),
    amounts: {
      issued,
      incomplete: deposits?.incomplete ?? 0,
      cancelled: repairs.get('cancelled') ?? 0,
      corrected: repairs.get('corrected') ?? 0,
      overridden: repairs.get('overridden') ?? 0,
      reprinted,
      feeCentimes: deposits?.fees ?? 0,
    },
    procedures: db
      .all<{ code: string; issued: number }>(
        'SELECT procedure AS code, count(*) AS issued FROM requests WHERE day = ? GROUP BY procedure ORDER BY issued DESC, code',
        [day],
      )
      .flatMap(({ code, issued: count }) => {
        const title = newestProcedure(db, code)?.title
        return title === undefined ? [] : [{ code, title, issued: count }]
      }),
    open: { pending, refused, papers: openPapers(db) },
  }
}

/**
 * Days with deposits that are not closed, oldest first; a day is one step through the index, however many deposits it
 * has.
 */
export const openDays = (db: ReadHandle): readonly string[] =>
  db
    .all<{ day: string }>(
      `WITH RECURSIVE days (day) AS (SELECT min(day) FROM requests UNION ALL SELECT (SELECT min(day) FROM requests WHERE day > days.day) FROM days WHERE days.day IS NOT NULL)
   SELECT day FROM days n WHERE day IS NOT NULL AND NOT EXISTS
     (SELECT 1 FROM closings c WHERE c.day = n.day AND NOT EXISTS (SELECT 1 FROM reopenings WHERE closing_id = c.id)) LIMIT 400`,
    )
    .map((row) => row.day)
