import { z } from 'zod'
import { printJobView, type PrintJobView } from '#shared/contract/features/papers.ts'
import type { ClosingId, PrintJobId } from '#shared/ids.ts'
import type { SpoolChange, SpoolJob, SpoolState } from '../spool/ports.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed } from '../../store/json.ts'

interface Row {
  id: string
  closing_id: string
  day: string
  ordinal: number
  copy: number
  printer: string
  spooler_job: string | null
  state: string
  reasons: string
  message: string
  queued_at: string
  ended_at: string | null
}

const jobs = `SELECT j.id, j.closing_id, c.day, c.ordinal, j.copy, j.printer, j.spooler_job, j.state, j.reasons, j.message, j.queued_at, j.ended_at
  FROM closing_jobs j JOIN closings c ON c.id = j.closing_id`
const reasons = z.array(z.string())

/** `submitting` is the spool's own: to people the job still waits. */
const viewOf = (row: Row): PrintJobView =>
  printJobView.parse({
    printJobId: row.id,
    closing: { closingId: row.closing_id, day: row.day, ordinal: row.ordinal },
    number: row.day,
    printer: row.printer,
    copy: row.copy,
    state: row.state === 'submitting' ? 'queued' : row.state,
    reasons: parsed(reasons, row.reasons),
    message: row.message,
    queuedAt: row.queued_at,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
  })

const jobOf = (row: Row): SpoolJob => ({
  // Ids and states were parsed when they were written; the columns check them.
  printJobId: row.id as PrintJobId,
  paperId: row.closing_id as ClosingId,
  number: `Clôture ${row.day}${row.ordinal === 1 ? '' : ` (${String(row.ordinal)})`}`,
  state: row.state as SpoolState,
  paper: 'a4',
  printer: row.printer,
  reasons: parsed(reasons, row.reasons),
  // A closing is no receipt: a second paper of it says the same and bears no mark.
  copy: 0,
  ...(row.spooler_job === null ? {} : { spoolerJob: row.spooler_job }),
})

/** Queues a paper of a closing. */
export function insertClosingJob(
  db: WriteHandle,
  job: { readonly id: PrintJobId; readonly closingId: string; readonly at: string },
): void {
  db.run(
    `INSERT INTO closing_jobs (id, closing_id, copy, printer, state, reasons, message, queued_at)
    SELECT ?, ?, count(*), '', 'queued', '[]', '', ? FROM closing_jobs WHERE closing_id = ?`,
    [job.id, job.closingId, job.at, job.closingId],
  )
}

/** One job as people see it. */
export function findClosingJob(db: ReadHandle, id: string): PrintJobView | undefined {
  const row = db.get<Row>(`${jobs} WHERE j.id = ?`, [id])
  return row === undefined ? undefined : viewOf(row)
}

/** The newest jobs, newest first. */
export const recentClosingJobs = (db: ReadHandle, limit: number): readonly PrintJobView[] =>
  db.all<Row>(`${jobs} ORDER BY j.queued_at DESC, j.id DESC LIMIT ?`, [limit]).map(viewOf)

/** The jobs that have not ended, oldest first. */
export const unfinishedClosingJobs = (db: ReadHandle): readonly SpoolJob[] =>
  db
    .all<Row>(
      `${jobs} WHERE j.state IN ('queued', 'submitting', 'sent', 'printing', 'blocked') ORDER BY j.queued_at, j.id`,
    )
    .map(jobOf)

/** Writes a step of a job; false when it is none of a closing. */
export function saveClosingChange(db: WriteHandle, id: string, change: SpoolChange): boolean {
  const ended = change.state === 'printed' || change.state === 'failed' || change.state === 'unknown'
  return (
    db.run(
      `UPDATE closing_jobs SET state = ?, printer = ?, spooler_job = coalesce(?, spooler_job), reasons = ?, message = ?, ended_at = ? WHERE id = ?`,
      [
        change.state,
        change.printer,
        change.spoolerJob ?? null,
        JSON.stringify(change.reasons),
        change.message,
        ended ? change.at : null,
        id,
      ],
    ) === 1
  )
}
