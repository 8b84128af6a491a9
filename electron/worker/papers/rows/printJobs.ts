import { z } from 'zod'
import { printJobView, type PrintJobView } from '#shared/contract/features/papers/calls.ts'
import { paperKindOf, paperKinds } from '#shared/contract/papers.ts'
import type { PaperId, PrintJobId } from '#shared/ids.ts'
import { medium } from '#shared/ports/printer.ts'
import { shownState, type DuplicataMark, type SpoolChange, type SpoolJob, type SpoolState } from '../spool/ports.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed } from '../../store/json.ts'

interface Row {
  id: string
  paper_id: string
  kind: string
  number: string
  rank: number
  copy: number
  mark: string | null
  medium: string
  printer: string
  spooler_job: string | null
  state: string
  reasons: string
  message: string
  queued_at: string
  ended_at: string | null
}

const jobs = `SELECT j.id, j.paper_id, p.kind, p.number, p.rank, j.copy, j.mark, j.medium, j.printer, j.spooler_job, j.state, j.reasons, j.message,
  j.queued_at, j.ended_at FROM print_jobs j JOIN papers p ON p.id = j.paper_id`

const mark = z.strictObject({ copy: z.int().positive(), at: z.iso.datetime(), by: z.string(), reason: z.string() })
const reasons = z.array(z.string())

const viewOf = (row: Row): PrintJobView => {
  const why = parsed(reasons, row.reasons)
  return printJobView.parse({
    printJobId: row.id,
    paperId: row.paper_id,
    kind: row.kind,
    number: row.number,
    rank: row.rank,
    copy: row.copy,
    medium: row.medium,
    printer: row.printer,
    // The column checks it.
    state: shownState(row.state as SpoolState, why),
    reasons: why,
    message: row.message,
    queuedAt: row.queued_at,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
  })
}

const titleOf = (row: Row): string => {
  const kind = paperKindOf(row.kind)
  return kind === undefined ? row.number : paperKinds[kind].title(row)
}

const jobOf = (row: Row): SpoolJob => ({
  // Ids and states were parsed when they were written; the columns check them.
  printJobId: row.id as PrintJobId,
  paperId: row.paper_id as PaperId,
  title: titleOf(row),
  state: row.state as SpoolState,
  medium: medium.parse(row.medium),
  printer: row.printer,
  reasons: parsed(reasons, row.reasons),
  ...(row.spooler_job === null ? {} : { spoolerJob: row.spooler_job }),
  ...(row.mark === null ? {} : { mark: parsed(mark, row.mark) }),
})

/** A copy that is to be printed; `mark` says that it is a duplicata, who asked for it, when and why. */
export interface NewPrint {
  readonly id: PrintJobId
  readonly paperId: PaperId
  readonly mark?: DuplicataMark
  readonly at: string
}

/** Queues the next copy of a paper, on the medium of its kind. */
export function queuePrint(db: WriteHandle, job: NewPrint): void {
  db.run(
    `INSERT INTO print_jobs (id, paper_id, copy, mark, medium, printer, state, reasons, message, queued_at)
    SELECT :id, p.id, (SELECT coalesce(max(copy) + 1, 0) FROM print_jobs WHERE paper_id = p.id), :mark, p.size, '', 'queued', '[]', '', :at
    FROM papers p WHERE p.id = :of`,
    { id: job.id, of: job.paperId, mark: job.mark === undefined ? null : JSON.stringify(job.mark), at: job.at },
  )
}

/** The highest copy made of a paper: 0 when there is only the original. */
export const lastCopy = (db: ReadHandle, paperId: PaperId): number =>
  db.get<{ last: number | null }>('SELECT max(copy) AS last FROM print_jobs WHERE paper_id = ?', [paperId])?.last ?? 0

/** One job as people see it. */
export function findPrintJob(db: ReadHandle, id: PrintJobId): PrintJobView | undefined {
  const row = db.get<Row>(`${jobs} WHERE j.id = ?`, [id])
  return row === undefined ? undefined : viewOf(row)
}

/** The newest jobs of papers of every kind, newest first. */
export const recentPrintJobs = (db: ReadHandle, limit: number): readonly PrintJobView[] =>
  db.all<Row>(`${jobs} ORDER BY j.queued_at DESC, j.id DESC LIMIT ?`, [limit]).map(viewOf)

/** The jobs that have not ended, oldest first, whatever their kind. */
export const unfinishedJobs = (db: ReadHandle): readonly SpoolJob[] =>
  db
    .all<Row>(
      `${jobs} WHERE j.state IN ('queued', 'submitting', 'sent', 'printing', 'blocked') ORDER BY j.queued_at, j.id`,
    )
    .map(jobOf)

/** Papers of every kind that have not come out, or of which nobody knows. */
export const openPapers = (db: ReadHandle): number =>
  db.get<{ count: number }>(
    `SELECT count(*) AS count FROM print_jobs WHERE state IN ('queued', 'submitting', 'sent', 'printing', 'blocked', 'unknown')`,
  )?.count ?? 0

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

/** A job that failed waits once more, on whatever printer takes its medium now. */
export const queueAgain = (db: WriteHandle, id: PrintJobId): void => {
  db.run(
    `UPDATE print_jobs SET state = 'queued', printer = '', spooler_job = NULL, reasons = '[]', message = '', ended_at = NULL WHERE id = ?`,
    [id],
  )
}

/** In an old copy what waits for paper may have come out already: the agent is asked, nothing is printed twice. */
export function markUnfinishedUnknown(db: WriteHandle, at: string): void {
  db.run(`UPDATE print_jobs SET state = 'unknown', reasons = '["interrupted"]', ended_at = ? WHERE ended_at IS NULL`, [
    at,
  ])
}
