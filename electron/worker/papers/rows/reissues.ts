import type { CommandId, ReceiptId, RequestId } from '#shared/ids.ts'
import type { WriteHandle } from '../../store/handle.ts'

/** What a later act decided that made the newest receipt of a request: a correction, or the complement. The receipt itself is a paper. */
export interface Reissue {
  readonly id: ReceiptId
  readonly requestId: RequestId
  /** From 1, in the order of these receipts. */
  readonly rank: number
  /** The act that made it. */
  readonly commandId: CommandId
  readonly complete: boolean
  readonly lastDay: string
}

/** Writes what a later receipt decided, once its act and its paper are written. */
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
