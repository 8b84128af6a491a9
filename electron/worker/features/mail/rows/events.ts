import { routing, type Routing } from '#shared/domain/mail/letter.ts'
import type { SlipView } from '#shared/contract/features/mail/views.ts'
import type { RegisterNumber } from '#shared/ids.ts'
import type { ReadHandle, WriteHandle } from '../../../store/handle.ts'
import { parsed } from '../../../store/json.ts'

/** What an act about a letter says of itself. */
interface Done {
  readonly commandId: string
  readonly letterId: string
  readonly agent: string
  /** UTC instant, and the day of the office that it belongs to. */
  readonly at: string
  readonly day: string
  readonly journalSeq: number
}

/** Cancels a line in sight. */
export function insertCancellation(db: WriteHandle, row: Done & { readonly reason: string }): void {
  db.run(
    'INSERT INTO letter_cancellations (command_id, letter_id, reason, agent, at, day, journal_seq) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [row.commandId, row.letterId, row.reason, row.agent, row.at, row.day, row.journalSeq],
  )
}

/** Routes a letter; the newest routing counts. */
export function insertRouting(db: WriteHandle, row: Done & { readonly routing: Routing }): void {
  db.run(
    'INSERT INTO letter_routings (command_id, letter_id, body, agent, at, day, journal_seq) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [row.commandId, row.letterId, JSON.stringify(row.routing), row.agent, row.at, row.day, row.journalSeq],
  )
}

/** Adds a scan to a letter, whose files are read anew for the search. */
export function insertAddition(
  db: WriteHandle,
  row: Done & { readonly sha256: string; readonly name: string; readonly mime: string },
): void {
  db.run(
    `INSERT INTO letter_additions (command_id, letter_id, sha256, name, mime, agent, at, day, journal_seq)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [row.commandId, row.letterId, row.sha256, row.name, row.mime, row.agent, row.at, row.day, row.journalSeq],
  )
  db.run('INSERT INTO letters_unread (letter_id) VALUES (?) ON CONFLICT DO NOTHING', [row.letterId])
}

/** Enters the acknowledgement of a departure; `on`: the day that stands on it. */
export function insertAcknowledgement(db: WriteHandle, row: Done & { readonly on: string }): void {
  db.run(
    `INSERT INTO letter_acknowledgements (command_id, letter_id, signed_on, agent, at, day, journal_seq)
    VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [row.commandId, row.letterId, row.on, row.agent, row.at, row.day, row.journalSeq],
  )
}

interface Happened {
  readonly at: string
  readonly agent: string
  readonly seq: number
}
/** How a line was cancelled; nothing while it stands. */
export const cancellationOf = (db: ReadHandle, letterId: string) =>
  db.get<Happened & { readonly reason: string }>(
    'SELECT at, agent, reason, journal_seq AS seq FROM letter_cancellations WHERE letter_id = ?',
    [letterId],
  )

/** The acknowledgement of a departure; nothing while none came back. */
export const acknowledgementOf = (db: ReadHandle, letterId: string) =>
  db.get<Happened & { readonly on: string }>(
    'SELECT at, agent, signed_on AS "on", journal_seq AS seq FROM letter_acknowledgements WHERE letter_id = ?',
    [letterId],
  )

/** Every scan that was added to a letter, oldest first. */
export const additionsOf = (db: ReadHandle, letterId: string): readonly (Happened & { readonly name: string })[] =>
  db.all('SELECT at, agent, name, journal_seq AS seq FROM letter_additions WHERE letter_id = ? ORDER BY journal_seq', [
    letterId,
  ])

/** Every routing of a letter, oldest first. */
export const routingsOf = (db: ReadHandle, letterId: string): readonly (Happened & { readonly routing: Routing })[] =>
  db
    .all<Happened & { readonly body: string }>(
      'SELECT at, agent, body, journal_seq AS seq FROM letter_routings WHERE letter_id = ? ORDER BY journal_seq',
      [letterId],
    )
    .map(({ body, ...row }) => ({ ...row, routing: parsed(routing, body) }))

/** Every move of the paper, oldest first; back in the mail office where there is no service. */
export const movesOf = (
  db: ReadHandle,
  letterId: string,
): readonly (Happened & {
  readonly service: string | null
  readonly rank: number | null
  readonly receivedBy: string | null
  readonly receivedAt: string | null
})[] =>
  db.all(
    `SELECT m.at, m.agent, m.service, m.journal_seq AS seq, s.rank, s.received_by AS receivedBy, s.received_at AS receivedAt
    FROM letter_moves m LEFT JOIN slips s ON s.id = m.slip_id WHERE letter_id = ? ORDER BY m.journal_seq`,
    [letterId],
  )

/** Notes where the paper of a letter went. */
export function insertMove(
  db: WriteHandle,
  row: Omit<Done, 'commandId' | 'day'> & { readonly slipId?: string; readonly service?: string },
): void {
  db.run('INSERT INTO letter_moves (letter_id, at, slip_id, service, agent, journal_seq) VALUES (?, ?, ?, ?, ?, ?)', [
    row.letterId,
    row.at,
    row.slipId ?? null,
    row.service ?? null,
    row.agent,
    row.journalSeq,
  ])
}

/** The place that the next slip of this counter takes. */
export const nextSlip = (db: ReadHandle): number =>
  (db.get<{ rank: number | null }>('SELECT max(rank) AS rank FROM slips')?.rank ?? 0) + 1

/** Writes a slip; its letters are moves. */
export function insertSlip(
  db: WriteHandle,
  row: Pick<SlipView, 'slipId' | 'rank' | 'service' | 'agent' | 'at'> & {
    readonly commandId: string
    readonly journalSeq: number
  },
): void {
  db.run('INSERT INTO slips (id, command_id, rank, service, agent, at, journal_seq) VALUES (?, ?, ?, ?, ?, ?, ?)', [
    row.slipId,
    row.commandId,
    row.rank,
    row.service,
    row.agent,
    row.at,
    row.journalSeq,
  ])
}

/** A slip came back signed. */
export function receiveSlip(
  db: WriteHandle,
  {
    slipId,
    by,
    at,
    commandId,
  }: { readonly slipId: string; readonly by: string; readonly at: string; commandId: string },
): void {
  db.run('UPDATE slips SET received_by = ?, received_at = ?, receipt_id = ? WHERE id = ?', [by, at, commandId, slipId])
}

interface SlipRow {
  readonly slipId: string
  readonly rank: number
  readonly service: string
  readonly agent: string
  readonly at: string
  readonly by: string | null
  readonly receivedAt: string | null
}
const slipColumns = 'id AS slipId, rank, service, agent, at, received_by AS by, received_at AS receivedAt FROM slips'
const slipOf = (db: ReadHandle, level: number, { by, receivedAt, ...row }: SlipRow): SlipView => ({
  ...row,
  letters: db
    .all<{ number: RegisterNumber }>(
      `SELECT number FROM letter_moves m JOIN letters l ON l.id = m.letter_id
      WHERE slip_id = ? AND l.level <= ? ORDER BY l.seq`,
      [row.slipId, level],
    )
    .map(({ number }) => number),
  ...(by === null || receivedAt === null ? {} : { received: { by, at: receivedAt } }),
})

/** That somebody may see a letter of a slip; of one without any he is told nothing. */
const seen = `EXISTS (SELECT 1 FROM letter_moves m JOIN letters l ON l.id = m.letter_id
  WHERE m.slip_id = slips.id AND l.level <= ?)`

/** A slip by its id, by its command, or by the command that received it, with its letters up to a level. */
export function findSlip(
  db: ReadHandle,
  where: 'id' | 'command_id' | 'receipt_id',
  value: string,
  level: number,
): SlipView | undefined {
  const row = db.get<SlipRow>(`SELECT ${slipColumns} WHERE ${where} = ? AND ${seen}`, [value, level])
  return row === undefined ? undefined : slipOf(db, level, row)
}

/** The newest slips with their letters up to a level, newest first; of the open ones alone where that is asked. */
export const listSlips = (
  db: ReadHandle,
  { open, level, limit }: { readonly open: boolean; readonly level: number; readonly limit: number },
): readonly SlipView[] =>
  db
    .all<SlipRow>(
      `SELECT ${slipColumns} WHERE ${open ? 'received_at IS NULL AND' : ''} ${seen} ORDER BY rank DESC LIMIT ?`,
      [level, limit],
    )
    .map((row) => slipOf(db, level, row))
