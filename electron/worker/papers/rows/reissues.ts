import type { CommandId, ReceiptId, RequestId } from '#shared/ids.ts'
import type { WriteHandle } from '../../store/handle.ts'

/** What a correction decided that made a receipt in the place of an earlier one; the receipt itself is a paper. */
export interface Reissue {
  readonly id: ReceiptId
  readonly requestId: RequestId
  /** From 1, in the order of the corrections. */
  readonly rank: number
  /** The correction that made it. */
  readonly commandId: CommandId
  readonly complete: boolean
  readonly lastDay: string
}

/** Writes what a corrected receipt decided, once its correction and its paper are written. */
export function insertReissue(db: WriteHandle, row: Reissue): void {
  db.run('INSERT INTO reissues (id, request_id, rank, command_id, complete, last_day) VALUES (?, ?, ?, ?, ?, ?)', [
    row.id,
    row.requestId,
    row.rank,
    row.commandId,
    row.complete ? 1 : 0,
    row.lastDay,
  ])
}
