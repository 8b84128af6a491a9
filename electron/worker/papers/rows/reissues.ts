import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import type { CommandId, ReceiptId, RequestId } from '#shared/ids.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'

/** A receipt that replaces an earlier one under the same number, without its paper. */
export interface Reissue {
  readonly id: ReceiptId
  readonly requestId: RequestId
  /** From 1, in the order of the corrections. */
  readonly rank: number
  /** The correction that made it. */
  readonly commandId: CommandId
  readonly complete: boolean
  readonly lastDay: string
  readonly facts: ReceiptFacts
  readonly seal: string
}

/** Writes a corrected receipt, once its correction is written. */
export function insertReissue(db: WriteHandle, row: Reissue): void {
  db.run(
    'INSERT INTO reissues (id, request_id, rank, command_id, complete, last_day, facts, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [
      row.id,
      row.requestId,
      row.rank,
      row.commandId,
      row.complete ? 1 : 0,
      row.lastDay,
      JSON.stringify(row.facts),
      row.seal,
    ],
  )
}

/** How many corrected receipts a request has. */
export const countReissues = (db: ReadHandle, requestId: RequestId): number =>
  db.get<{ n: number }>('SELECT count(*) AS n FROM reissues WHERE request_id = ?', [requestId])?.n ?? 0
