import { repairKind } from '#shared/contract/act.ts'
import { citizenSignature, type CitizenSignature } from '#shared/domain/identity/citizenSignature.ts'
import { identityExtract, type IdentityExtract } from '#shared/domain/identity/identityExtract.ts'
import { chainVerdict, type IdentitySource } from '#shared/domain/identity/identity.ts'
import { receiptFacts, type ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import { requestDraft, type RequestDraft } from '#shared/domain/request/request.ts'
import type { CommandId, PrintJobId, ReceiptId, RegisterNumber, RequestId } from '#shared/ids.ts'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed } from '../../store/json.ts'
import { familyKeysOf, nameKeyOf, soughtKeyOf } from '../../store/nameKey.ts'

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
  db.run(
    `INSERT INTO requests (id, command_id, year, sequence, number, deposited_at, day, procedure, procedure_version, draft, complete,
    last_day, agent, journal_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      row.id,
      row.commandId,
      row.year,
      row.sequence,
      row.number,
      row.depositedAt,
      row.day,
      row.draft.procedure,
      row.draft.procedureVersion,
      JSON.stringify(row.draft),
      row.complete ? 1 : 0,
      row.lastDay,
      row.agent,
      row.journalSeq,
    ],
  )
}

/** Keeps what the law needs of the citizen, with its source and its proof. */
export function insertIdentity(
  db: WriteHandle,
  row: {
    requestId: RequestId
    kept: IdentityExtract
    source: IdentitySource
    readAt: string
    signature?: CitizenSignature | undefined
  },
): void {
  db.run(
    'INSERT INTO identities (request_id, kept, source, read_at, signature, name_key, native_key, document_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [
      row.requestId,
      JSON.stringify(row.kept),
      JSON.stringify(row.source),
      row.readAt,
      row.signature === undefined ? null : JSON.stringify(row.signature),
      ...keysOf(row.kept),
    ],
  )
}

/** What a person is found by. */
const keysOf = ({ familyName, givenNames, nativeName, documentNumber }: IdentityExtract) => {
  const keyOf = (text: string | undefined): string | null => (text === undefined ? null : soughtKeyOf(text))
  return [nameKeyOf(familyName, givenNames), keyOf(nativeName), keyOf(documentNumber)] as const
}

/** What is kept of the citizen, put right: he is found by it from now on. */
export function correctIdentity(
  db: WriteHandle,
  { requestId, kept, source }: { requestId: RequestId; kept: IdentityExtract; source: IdentitySource },
): void {
  db.run(
    'UPDATE identities SET kept = ?, source = ?, name_key = ?, native_key = ?, document_key = ? WHERE request_id = ?',
    [JSON.stringify(kept), JSON.stringify(source), ...keysOf(kept), requestId],
  )
}

/** What the citizen signed of a request, with the facts of its first receipt. */
export function findSignature(
  db: ReadHandle,
  number: string,
): { readonly signature: CitizenSignature; readonly facts: ReceiptFacts } | undefined {
  const row = db.get<{ signature: string; facts: string }>(
    `SELECT i.signature, r.facts FROM requests q JOIN identities i ON i.request_id = q.id JOIN papers r ON r.kind = 'receipt' AND r.subject = q.id AND r.rank = 0 WHERE q.number = ? AND i.signature IS NOT NULL`,
    [number],
  )
  return row === undefined
    ? undefined
    : { signature: parsed(citizenSignature, row.signature), facts: parsed(receiptFacts, row.facts) }
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
  signed: string | null
  standing: string | null
}

/**
 * A deposit as it stands: with the newest of its receipts. `CROSS JOIN`: the planner would begin with all receipts of the
 * register, by their kind, and look for those of a day among them.
 */
const deposits = `SELECT q.id AS request_id, r.id AS receipt_id, q.number, q.year, q.sequence, j.id AS print_job_id, q.deposited_at,
  r.facts, coalesce(c.complete, q.complete) AS complete, coalesce(c.last_day, q.last_day) AS last_day,
  (SELECT json_extract(i.signature, '$.chain') FROM identities i WHERE i.request_id = q.id) AS signed,
  (SELECT p.kind FROM repairs p JOIN outbox o ON o.id = p.command_id WHERE p.act_id = q.command_id AND o.state NOT IN ('rejected', 'conflict')
    ORDER BY p.journal_seq DESC LIMIT 1) AS standing
  FROM requests q CROSS JOIN papers r ON r.kind = 'receipt' AND r.subject = q.id
    AND r.rank = (SELECT max(rank) FROM papers WHERE kind = 'receipt' AND subject = q.id)
  LEFT JOIN print_jobs j ON j.paper_id = r.id AND j.copy = 0 LEFT JOIN reissues c ON c.id = r.id`

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
    ...missingOf(facts),
    ...(row.signed === null ? {} : { signed: chainVerdict.parse(row.signed) }),
    ...(row.standing === null ? {} : { standing: repairKind.parse(row.standing) }),
  }
}

/** What a receipt says of a file that lacks something, and of its complement. */
export const missingOf = ({
  complete,
  pieces,
  complement,
}: Pick<ReceiptFacts, 'complete' | 'pieces' | 'complement'>): Pick<DepositView, 'missing' | 'complemented'> => ({
  ...(complete ? {} : { missing: pieces.filter(({ state }) => state === 'missing').map(({ label }) => label) }),
  ...(complement === undefined ? {} : { complemented: true }),
})

/** The deposit that a command made, if it was carried out. */
export function findDepositByCommand(db: ReadHandle, commandId: CommandId): DepositView | undefined {
  const row = db.get<DepositRow>(`${deposits} WHERE q.command_id = ?`, [commandId])
  return row === undefined ? undefined : depositOf(row)
}

/** Whether an act is a deposit that this agent made on this day. */
export const isDepositOf = (db: ReadHandle, commandId: string, agent: string, day: string): boolean =>
  db.get('SELECT 1 FROM requests WHERE command_id = ? AND agent = ? AND day = ?', [commandId, agent, day]) !== undefined

/** The deposit of a request. */
export function findDepositById(db: ReadHandle, id: RequestId): DepositView | undefined {
  const row = db.get<DepositRow>(`${deposits} WHERE q.id = ?`, [id])
  return row === undefined ? undefined : depositOf(row)
}

/** The deposit of a number of this register. */
export function findDepositByNumber(db: ReadHandle, number: RegisterNumber): DepositView | undefined {
  const row = db.get<DepositRow>(`${deposits} WHERE q.number = ?`, [number])
  return row === undefined ? undefined : depositOf(row)
}

/** The deposit of a place in the register of a year. */
export function findDepositByRank(db: ReadHandle, year: number, rank: number): DepositView | undefined {
  const row = db.get<DepositRow>(`${deposits} WHERE q.year = ? AND q.sequence = ?`, [year, rank])
  return row === undefined ? undefined : depositOf(row)
}

/** The deposits of these requests, newest first. */
export const depositsByIds = (db: ReadHandle, ids: readonly RequestId[]): readonly DepositView[] =>
  db
    .all<DepositRow>(
      `${deposits} WHERE q.id IN (SELECT value FROM json_each(?)) ORDER BY q.year DESC, q.sequence DESC`,
      [JSON.stringify(ids)],
    )
    .map(depositOf)

/**
 * What was deposited with a document, newest first, at most `limit`; what retention has wiped is not found any more.
 */
export const depositsOfDocument = (
  db: ReadHandle,
  document: { readonly documentNumber: string; readonly familyName: string },
  limit: number,
): readonly DepositView[] =>
  db
    .all<DepositRow>(
      `${deposits} WHERE q.id IN (
    SELECT request_id FROM identities WHERE document_key = ? AND name_key >= ? AND name_key < ?
  ) ORDER BY q.year DESC, q.sequence DESC LIMIT ?`,
      [soughtKeyOf(document.documentNumber), ...familyKeysOf(document.familyName), limit],
    )
    .map(depositOf)

/** The deposits of a day, newest first. */
export const depositsOfDay = (db: ReadHandle, day: string): readonly DepositView[] =>
  db.all<DepositRow>(`${deposits} WHERE q.day = ? ORDER BY q.year DESC, q.sequence DESC`, [day]).map(depositOf)

/** The deposits that stand and whose last day falls in a span, soonest first, at most `limit`. */
export const depositsDue = (db: ReadHandle, from: string, to: string, limit: number): readonly DepositView[] =>
  db
    .all<DepositRow>(
      `SELECT * FROM (${deposits}
    WHERE q.id IN (SELECT id FROM requests WHERE last_day BETWEEN :from AND :to UNION SELECT request_id FROM reissues WHERE last_day BETWEEN :from AND :to))
    WHERE last_day BETWEEN :from AND :to AND standing IS NOT 'cancelled' ORDER BY last_day, year, sequence LIMIT :limit`,
      { from, to, limit },
    )
    .map(depositOf)

/** What a copy for the person is made from, besides the deposit itself; a part that was wiped is absent. */
export interface PersonalFile {
  readonly requestId: RequestId
  readonly number: RegisterNumber
  readonly depositedAt: string
  readonly wipedAt?: string
  readonly draft: RequestDraft
  readonly facts: ReceiptFacts
  readonly kept?: IdentityExtract
  readonly readAt?: string
  /** What the citizen signed with his card, where he did. */
  readonly signature?: CitizenSignature
}

/** One file with all that it says of the person. */
export function findPersonalFile(db: ReadHandle, id: RequestId): PersonalFile | undefined {
  const row = db.get<{
    number: string
    deposited_at: string
    wiped_at: string | null
    draft: string
    facts: string
    kept: string | null
    read_at: string | null
    signature: string | null
  }>(
    `SELECT q.number, q.deposited_at, q.wiped_at, q.draft, i.kept, i.read_at, i.signature,
       (SELECT r.facts FROM papers r WHERE r.kind = 'receipt' AND r.subject = q.id ORDER BY r.rank DESC LIMIT 1) AS facts FROM requests q
     LEFT JOIN identities i ON i.request_id = q.id WHERE q.id = ?`,
    [id],
  )
  return row === undefined
    ? undefined
    : {
        requestId: id,
        number: row.number as RegisterNumber, // formatted by us when it was written
        depositedAt: row.deposited_at,
        draft: parsed(requestDraft, row.draft),
        facts: parsed(receiptFacts, row.facts),
        ...(row.wiped_at === null ? {} : { wipedAt: row.wiped_at }),
        ...(row.kept === null ? {} : { kept: parsed(identityExtract, row.kept) }),
        ...(row.read_at === null ? {} : { readAt: row.read_at }),
        ...(row.signature === null ? {} : { signature: parsed(citizenSignature, row.signature) }),
      }
}

/** The register number of a request or of a receipt, by its id. */
export const numberOfSubject = (db: ReadHandle, id: string): string | undefined =>
  db.get<{ number: string }>(
    `SELECT number FROM requests WHERE id = :id
    UNION ALL SELECT number FROM papers WHERE id = :id AND kind = 'receipt'`,
    { id },
  )?.number
