import type { z } from 'zod'
import { repairKind, type RepairKind } from '#shared/contract/act.ts'
import { type RepairView } from '#shared/contract/features/corrections/calls.ts'
import { outboxState } from '#shared/contract/features/sync/calls.ts'
import { withComplement } from '#shared/domain/request/complement.ts'
import { requestDraft, type RequestDraft } from '#shared/domain/request/request.ts'
import { refusalCode } from '#shared/contract/platform.ts'
import type { CommandId, ReceiptId, RegisterNumber } from '#shared/ids.ts'
import { complementOf } from '../../core/rows/complements.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed } from '../../store/json.ts'

/**
 * One repair: a new act that names the one that it puts right. `witness` is the second person of cancellations and
 * overrides.
 */
export interface RepairRow {
  readonly commandId: CommandId
  readonly actId: string
  readonly kind: RepairKind
  readonly reason: string
  readonly agent: string
  readonly witness?: string
  /** What the agent filled in anew; of corrections only. */
  readonly draft?: RequestDraft
  readonly at: string
  readonly journalSeq: number
}

/** Writes a repair, once its act is queued. */
export function insertRepair(db: WriteHandle, row: RepairRow): void {
  db.run(
    'INSERT INTO repairs (command_id, act_id, kind, reason, agent, witness, draft, at, journal_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    [
      row.commandId,
      row.actId,
      row.kind,
      row.reason,
      row.agent,
      row.witness ?? null,
      row.draft === undefined ? null : JSON.stringify(row.draft),
      row.at,
      row.journalSeq,
    ],
  )
}

interface Row {
  command_id: string
  act_id: string
  seq: number
  kind: string
  reason: string
  agent: string
  witness: string | null
  at: string
  state: string
  answer: string | null
  code: string | null
  receipt_id: string | null
}

const repairs = `SELECT r.command_id, r.act_id, o.seq, r.kind, r.reason, r.agent, r.witness, r.at, o.state, o.answer, f.code, c.id AS receipt_id
  FROM repairs r JOIN outbox o ON o.id = r.command_id LEFT JOIN refusals f ON f.seq = o.seq LEFT JOIN reissues c ON c.command_id = r.command_id`

const repairOf = (row: Row): RepairView => ({
  id: row.command_id,
  seq: row.seq,
  kind: repairKind.parse(row.kind),
  reason: row.reason,
  agent: row.agent,
  at: row.at,
  state: outboxState.parse(row.state),
  ...(row.witness === null ? {} : { witness: row.witness }),
  ...(row.answer === null ? {} : { answer: row.answer }),
  ...(row.code === null ? {} : { code: refusalCode.parse(row.code) }),
  ...(row.receipt_id === null ? {} : { receiptId: row.receipt_id as ReceiptId }), // parsed when the act was made
})

/** The repairs of an act, oldest first. */
export const repairsOf = (db: ReadHandle, actId: string): readonly RepairView[] =>
  db.all<Row>(`${repairs} WHERE r.act_id = ? ORDER BY r.journal_seq`, [actId]).map(repairOf)

/** The repair that a command made and the act that it names, if it was carried out. */
export function findRepair(
  db: ReadHandle,
  commandId: CommandId,
): { readonly actId: string; readonly repair: RepairView } | undefined {
  const row = db.get<Row>(`${repairs} WHERE r.command_id = ?`, [commandId])
  return row === undefined ? undefined : { actId: row.act_id, repair: repairOf(row) }
}

/** An act as it was queued: its envelope as text, and where it stands. */
export interface QueuedAct {
  readonly seq: number
  readonly id: string
  readonly type: string
  readonly state: z.infer<typeof outboxState>
  readonly envelope: string
}

/** One act of this counter. */
export const findAct = (db: ReadHandle, id: string): QueuedAct | undefined =>
  db.get<QueuedAct>('SELECT seq, id, type, state, envelope FROM outbox JOIN envelopes USING (seq) WHERE id = ?', [id])

/** The acts whose repair puts right what is refused and not settled, in their order. */
export const unsettledActs = (db: ReadHandle, limit: number): readonly { readonly id: string }[] =>
  db.all<{ id: string }>(
    `SELECT ${putRightAt('o')} AS id FROM outbox o WHERE ${unsettled} GROUP BY 1 ORDER BY min(seq) LIMIT ?`,
    [limit],
  )

/**
 * The newest acts that a repair was applied to, newest repair first. Repairs are few among the acts: they come first
 * (CROSS JOIN keeps the order).
 */
export const repairedActs = (db: ReadHandle, limit: number): readonly { readonly id: string }[] =>
  db.all<{ id: string }>(
    `SELECT r.act_id AS id FROM repairs r CROSS JOIN outbox o ON o.id = r.command_id WHERE o.state = 'applied'
    GROUP BY r.act_id ORDER BY max(r.journal_seq) DESC LIMIT ?`,
    [limit],
  )

/** The act that a number was given with, of whatever register: repairs of it bear the number too, and come later. */
export const actOfNumber = (db: ReadHandle, number: RegisterNumber): { readonly id: string } | undefined =>
  db.get<{ id: string }>('SELECT id FROM outbox WHERE number = ? ORDER BY seq LIMIT 1', [number])

/**
 * The act whose repair puts a row of the outbox right: a correction carries its deposit whole, so that of a complement,
 * and of an earlier correction, is that of the deposit.
 */
export const putRightAt = (row: string): string =>
  `coalesce((SELECT act_id FROM repairs WHERE command_id = ${row}.id),
    (SELECT q.command_id FROM complements c JOIN requests q ON q.id = c.request_id WHERE c.command_id = ${row}.id), ${row}.id)`

/**
 * What makes a row `o` of the outbox one that the correction desk has to look at: it was refused, and no later repair was
 * applied. A decision of two people that is refused leaves the act as it was.
 */
export const unsettled = `o.state IN ('rejected', 'conflict')
  AND NOT EXISTS (SELECT 1 FROM repairs WHERE command_id = o.id AND kind <> 'corrected')
  AND NOT EXISTS (SELECT 1 FROM repairs r JOIN outbox a ON a.id = r.command_id
    WHERE r.act_id = ${putRightAt('o')} AND a.state = 'applied' AND a.seq > o.seq)`

/** The first refused act that a repair of this act would put right: it, its complement or a correction of it. */
export const troubleOf = (db: ReadHandle, actId: string): string | undefined =>
  db.get<{ id: string }>(`SELECT id FROM outbox o WHERE ${unsettled} AND ${putRightAt('o')} = ? ORDER BY seq LIMIT 1`, [
    actId,
  ])?.id

/**
 * The file of an act as it stands: the draft of its newest correction, else of the deposit, with the complement that came
 * since.
 */
export function draftOfAct(db: ReadHandle, actId: string): RequestDraft | undefined {
  const row =
    db.get<{ draft: string; seq: number }>(
      `SELECT draft, journal_seq AS seq FROM repairs WHERE act_id = ? AND draft IS NOT NULL ORDER BY journal_seq DESC LIMIT 1`,
      [actId],
    ) ??
    db.get<{ draft: string; seq: number }>('SELECT draft, journal_seq AS seq FROM requests WHERE command_id = ?', [
      actId,
    ])
  if (row === undefined) return undefined
  const draft = parsed(requestDraft, row.draft)
  const deposit = db.get<{ id: string }>('SELECT id FROM requests WHERE command_id = ?', [actId])
  const complement = deposit === undefined ? undefined : complementOf(db, deposit.id)
  return complement === undefined || complement.journalSeq < row.seq ? draft : withComplement(draft, complement.pieces)
}
