import { z } from 'zod'
import { printJobView, type PrintJobView } from '#shared/contract/features/papers.ts'
import type { PrintJobId, ReceiptId } from '#shared/ids.ts'
import { paper, type Paper } from '#shared/ports/printer.ts'
import type { DuplicataMark, SpoolChange, SpoolJob, SpoolState } from '../spool/ports.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed } from '../../store/json.ts'

interface Row {
  id: string
  receipt_id: string
  number: string
  rank: number | null
  copy: number
  mark: string | null
  paper: string
  printer: string
  spooler_job: string | null
  state: string
  reasons: string
  message: string
  queued_at: string
  ended_at: string | null
}

const jobs = `SELECT j.id, coalesce(j.receipt_id, j.reissue_id) AS receipt_id, q.number, c.rank, j.copy, j.mark, j.paper, j.printer, j.spooler_job, j.state, j.reasons, j.message,
  j.queued_at, j.ended_at FROM print_jobs j LEFT JOIN receipts r ON r.id = j.receipt_id LEFT JOIN reissues c ON c.id = j.reissue_id
  JOIN requests q ON q.id = coalesce(r.request_id, c.request_id)`

const mark = z.strictObject({ copy: z.int().positive(), at: z.iso.datetime(), by: z.string(), reason: z.string() })
const reasons = z.array(z.string())

/** `submitting` is the spool's own: to the agent the job still waits. */
const viewOf = (row: Row): PrintJobView =>
  printJobView.parse({
    printJobId: row.id,
    receiptId: row.receipt_id,
    number: row.number,
    ...(row.rank === null ? {} : { rank: row.rank }),
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
  paperId: row.receipt_id as ReceiptId,
  // The first receipt and one that corrects it have one number: whoever looks at the printer has to tell them apart.
  number: row.rank === null ? row.number : `${row.number} (${String(row.rank + 1)})`,
  state: row.state as SpoolState,
  paper: paper.parse(row.paper),
  printer: row.printer,
  reasons: parsed(reasons, row.reasons),
  ...(row.spooler_job === null ? {} : { spoolerJob: row.spooler_job }),
  copy: row.copy,
  ...(row.mark === null ? {} : { mark: parsed(mark, row.mark) }),
})

/** Queues a paper of a receipt, of a deposit or of a correction. */
export function insertPrintJob(
  db: WriteHandle,
  job: { id: PrintJobId; receiptId: ReceiptId; copy: number; mark?: DuplicataMark; paper: Paper; at: string },
): void {
  db.run(
    `INSERT INTO print_jobs (id, receipt_id, reissue_id, copy, mark, paper, printer, state, reasons, message, queued_at)
    VALUES (:id, (SELECT id FROM receipts WHERE id = :of), (SELECT id FROM reissues WHERE id = :of), :copy, :mark, :paper, '', 'queued', '[]', '', :at)`,
    {
      id: job.id,
      of: job.receiptId,
      copy: job.copy,
      mark: job.mark === undefined ? null : JSON.stringify(job.mark),
      paper: job.paper,
      at: job.at,
    },
  )
}

/** The highest copy made of a receipt: 0 when there is only the original. */
export const lastCopy = (db: ReadHandle, receiptId: ReceiptId): number =>
  db.get<{ last: number | null }>(
    'SELECT max(copy) AS last FROM print_jobs WHERE receipt_id = :id OR reissue_id = :id',
    { id: receiptId },
  )?.last ?? 0

/** One job as the agent sees it. */
export function findPrintJob(db: ReadHandle, id: PrintJobId): PrintJobView | undefined {
  const row = db.get<Row>(`${jobs} WHERE j.id = ?`, [id])
  return row === undefined ? undefined : viewOf(row)
}

/** The newest jobs, newest first. */
export const recentPrintJobs = (db: ReadHandle, limit: number): readonly PrintJobView[] =>
  db.all<Row>(`${jobs} ORDER BY j.queued_at DESC, j.id DESC LIMIT ?`, [limit]).map(viewOf)

/** The jobs that have not ended, oldest first. */
export const unfinishedJobs = (db: ReadHandle): readonly SpoolJob[] =>
  db
    .all<Row>(
      `${jobs} WHERE j.state IN ('queued', 'submitting', 'sent', 'printing', 'blocked') ORDER BY j.queued_at, j.id`,
    )
    .map(jobOf)

/** Writes a step of a job; false when the job is unknown. */
export function saveSpoolChange(db: WriteHandle, id: PrintJobId, change: SpoolChange): boolean {
  const ended = change.state === 'printed' || change.state === 'failed' || change.state === 'unknown'
  return (
    db.run(
      `UPDATE print_jobs SET state = ?, printer = ?, spooler_job = coalesce(?, spooler_job), reasons = ?, message = ?, ended_at = ?
    WHERE id = ?`,
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

/** In an old copy what waits for paper may have come out already: the agent is asked, nothing is printed twice. */
export function doubtUnfinished(db: WriteHandle, at: string): void {
  for (const table of ['print_jobs', 'closing_jobs']) {
    db.run(`UPDATE ${table} SET state = 'unknown', reasons = '["interrupted"]', ended_at = ? WHERE ended_at IS NULL`, [
      at,
    ])
  }
}
