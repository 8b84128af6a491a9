import { repairKind } from '#shared/contract/acts.ts'
import { identityExtract, type IdentityExtract } from '#shared/domain/identityExtract.ts'
import type { IdentitySource } from '#shared/domain/identity.ts'
import { receiptFacts } from '#shared/domain/receipt.ts'
import type { RequestDraft } from '#shared/domain/request.ts'
import type { CommandId, PrintJobId, ReceiptId, RegisterNumber, RequestId } from '#shared/ids.ts'
import type { DepositView } from '#shared/contract/views.ts'
import type { ReadHandle, WriteHandle } from './handle.ts'
import { parsed } from './json.ts'

/** One deposited request: a line of the register. Days are ISO dates in the office's zone. */
export interface RequestRow {
  readonly id: RequestId
  readonly commandId: CommandId
  readonly year: number
  readonly sequence: number
  readonly number: RegisterNumber
  readonly depositedAt: string
  readonly day: string
  readonly draft: RequestDraft
  readonly complete: boolean
  readonly lastDay: string
  /** The agent's code. */
  readonly agent: string
  readonly journalSeq: number
}

/** Writes one line. */
export function insertRequest(db: WriteHandle, row: RequestRow): void {
  db.run(`INSERT INTO requests (id, command_id, year, sequence, number, deposited_at, day, procedure, procedure_version, draft, complete,
    last_day, agent, journal_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [row.id, row.commandId, row.year, row.sequence, row.number, row.depositedAt, row.day, row.draft.procedure, row.draft.procedureVersion,
      JSON.stringify(row.draft), row.complete ? 1 : 0, row.lastDay, row.agent, row.journalSeq])
}

/** Keeps what the law needs of the citizen, with its source and its proof. */
export function insertIdentity(db: WriteHandle, row: { requestId: RequestId; kept: IdentityExtract; source: IdentitySource; readAt: string }): void {
  db.run('INSERT INTO identities (request_id, kept, source, read_at) VALUES (?, ?, ?, ?)',
    [row.requestId, JSON.stringify(row.kept), JSON.stringify(row.source), row.readAt])
}

/** What is kept of the citizen of a request. */
export function findExtract(db: ReadHandle, requestId: RequestId): IdentityExtract | undefined {
  const row = db.get<{ kept: string }>('SELECT kept FROM identities WHERE request_id = ?', [requestId])
  return row === undefined ? undefined : parsed(identityExtract, row.kept)
}

interface DepositRow {
  request_id: string
  receipt_id: string
  number: string
  print_job_id: string | null
  deposited_at: string
  facts: string
  complete: number
  last_day: string
  standing: string | null
}

/** A deposit as it stands: with the newest of its receipts. */
const deposits = `SELECT q.id AS request_id, coalesce(c.id, r.id) AS receipt_id, q.number, coalesce(k.id, j.id) AS print_job_id, q.deposited_at,
  coalesce(c.facts, r.facts) AS facts, coalesce(c.complete, q.complete) AS complete, coalesce(c.last_day, q.last_day) AS last_day,
  (SELECT p.kind FROM repairs p JOIN outbox o ON o.id = p.command_id WHERE p.act_id = q.command_id AND o.state NOT IN ('rejected', 'conflict')
    ORDER BY p.journal_seq DESC LIMIT 1) AS standing
  FROM requests q JOIN receipts r ON r.request_id = q.id LEFT JOIN print_jobs j ON j.receipt_id = r.id AND j.copy = 0
  LEFT JOIN reissues c ON c.request_id = q.id AND c.rank = (SELECT max(rank) FROM reissues WHERE request_id = q.id)
  LEFT JOIN print_jobs k ON k.reissue_id = c.id AND k.copy = 0`

const depositOf = (row: DepositRow): DepositView => {
  const facts = parsed(receiptFacts, row.facts)
  return {
    // Ids and numbers were parsed when the act was made, and their columns never change.
    requestId: row.request_id as RequestId,
    receiptId: row.receipt_id as ReceiptId,
    number: row.number as RegisterNumber,
    ...(row.print_job_id === null ? {} : { printJobId: row.print_job_id as PrintJobId }),
    depositedAt: row.deposited_at,
    procedure: facts.procedure.title,
    citizen: `${facts.citizen.familyName} ${facts.citizen.givenNames}`.trim(),
    complete: row.complete === 1,
    lastDay: row.last_day,
    ...(row.standing === null ? {} : { standing: repairKind.parse(row.standing) }),
  }
}

/** The deposit that a command made, if it was carried out. */
export function findDepositByCommand(db: ReadHandle, commandId: CommandId): DepositView | undefined {
  const row = db.get<DepositRow>(`${deposits} WHERE q.command_id = ?`, [commandId])
  return row === undefined ? undefined : depositOf(row)
}

/** The deposit of a number of this register. */
export function findDepositByNumber(db: ReadHandle, number: RegisterNumber): DepositView | undefined {
  const row = db.get<DepositRow>(`${deposits} WHERE q.number = ?`, [number])
  return row === undefined ? undefined : depositOf(row)
}

/** The deposits of a day, newest first. */
export const depositsOfDay = (db: ReadHandle, day: string): readonly DepositView[] =>
  db.all<DepositRow>(`${deposits} WHERE q.day = ? ORDER BY q.year DESC, q.sequence DESC`, [day]).map(depositOf)

/** The deposits that stand and whose last day falls in a span, soonest first, at most `limit`. */
export const depositsDue = (db: ReadHandle, from: string, to: string, limit: number): readonly DepositView[] =>
  db.all<DepositRow>(`SELECT * FROM (${deposits}
    WHERE q.id IN (SELECT id FROM requests WHERE last_day BETWEEN :from AND :to UNION SELECT request_id FROM reissues WHERE last_day BETWEEN :from AND :to))
    WHERE last_day BETWEEN :from AND :to AND standing IS NOT 'cancelled' ORDER BY last_day, number LIMIT :limit`, { from, to, limit }).map(depositOf)
