import { complementLines, type ComplementLines } from '#shared/domain/request/complement.ts'
import type { CommandId, RequestId } from '#shared/ids.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed } from '../../store/json.ts'

/** The one complement of a request. `at` is a UTC instant, `agent` the code of who took it in. */
export interface ComplementRow {
  readonly commandId: CommandId
  readonly requestId: RequestId
  readonly pieces: ComplementLines
  readonly agent: string
  readonly at: string
  readonly journalSeq: number
}

/** Writes a complement, once its act is queued. */
export function insertComplement(db: WriteHandle, row: ComplementRow): void {
  db.run('INSERT INTO complements (command_id, request_id, pieces, agent, at, journal_seq) VALUES (?, ?, ?, ?, ?, ?)', [
    row.commandId,
    row.requestId,
    JSON.stringify(row.pieces),
    row.agent,
    row.at,
    row.journalSeq,
  ])
}

const complements = 'SELECT command_id, request_id, pieces, agent, at, journal_seq FROM complements'
interface Row {
  command_id: CommandId
  request_id: RequestId
  pieces: string
  agent: string
  at: string
  journal_seq: number
}
const rowOf = (row: Row): ComplementRow => ({
  commandId: row.command_id,
  requestId: row.request_id,
  pieces: parsed(complementLines, row.pieces),
  agent: row.agent,
  at: row.at,
  journalSeq: row.journal_seq,
})

/** The complement of a request, if it got one. */
export function complementOf(db: ReadHandle, requestId: string): ComplementRow | undefined {
  const row = db.get<Row>(`${complements} WHERE request_id = ?`, [requestId])
  return row === undefined ? undefined : rowOf(row)
}

/** The complement that a command made, if it was carried out. */
export function complementByCommand(db: ReadHandle, commandId: CommandId): ComplementRow | undefined {
  const row = db.get<Row>(`${complements} WHERE command_id = ?`, [commandId])
  return row === undefined ? undefined : rowOf(row)
}

/** Ends what a complement names of the person: its files. The pieces stay. */
export function wipeComplement(db: WriteHandle, requestId: string): void {
  const known = complementOf(db, requestId)
  if (known === undefined) return
  const pieces = known.pieces.map(({ code }) => ({ code, attachments: [] }))
  db.run('UPDATE complements SET pieces = ? WHERE request_id = ?', [JSON.stringify(pieces), requestId])
}
