import type { CommandRecord } from '#shared/contract/platform.ts'
import { outboxItemView, type OutboxItemView } from '#shared/contract/features/sync/calls.ts'
import type { Fault } from '#shared/fault.ts'
import type { CommandAnswer, OutboxCounts, QueuedCommand } from '../ports.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { putRightAt, unsettled } from '../../acts/rows/repairs.ts'
import { countUploads, refusedUploads } from './uploads.ts'

/** The newest act on its way: where the next one continues. */
export const lastCommand = (db: ReadHandle): { readonly seq: number; readonly sha256: string } | undefined =>
  db.get<{ seq: number; sha256: string }>('SELECT seq, sha256 FROM outbox ORDER BY seq DESC LIMIT 1')

/**
 * An act that the platform holds and this register lost: its place, its id and its hash are known, its content is not.
 */
export function insertLost(db: WriteHandle, record: CommandRecord, at: string): void {
  db.run(
    `INSERT INTO outbox (seq, id, type, sha256, created_at, state, answer, platform_number, answered_at)
    VALUES (?, ?, 'ma.guichet.act.lost.v1', ?, ?, 'applied', ?, ?, ?)`,
    [
      record.seq,
      record.id,
      record.sha256,
      record.receivedAt,
      `lost here; recorded as ${record.status}`,
      record.platformNumber ?? null,
      at,
    ],
  )
  db.run('INSERT INTO envelopes (seq, envelope) VALUES (?, ?)', [record.seq, JSON.stringify(record)])
}

/**
 * The first acts that the platform applied, in their order; nothing when acts were lost here, whose standing is not
 * known.
 */
export function loggedActs(
  db: ReadHandle,
  count: number,
): Iterable<{ readonly seq: number; readonly id: string; readonly sha256: string }> | undefined {
  if (db.get("SELECT 1 AS there FROM outbox WHERE type = 'ma.guichet.act.lost.v1' LIMIT 1") !== undefined)
    return undefined
  return db.each<{ seq: number; id: string; sha256: string }>(
    "SELECT seq, id, sha256 FROM outbox WHERE state = 'applied' ORDER BY seq LIMIT ?",
    [count],
  )
}

/** Where a batch begins when nobody says: the first act without an answer. */
export const firstUnanswered = (db: ReadHandle): number | undefined =>
  db.get<{ seq: number | null }>(`SELECT min(seq) AS seq FROM outbox WHERE state IN ('pending', 'sending')`)?.seq ??
  undefined

/** The acts from a number on, in order. */
export const commandsFrom = (db: ReadHandle, seq: number, limit: number): readonly QueuedCommand[] =>
  db.all<QueuedCommand>(
    'SELECT seq, id, sha256, envelope AS json FROM outbox JOIN envelopes USING (seq) WHERE seq >= ? ORDER BY seq LIMIT ?',
    [seq, limit],
  )

/** The acts of a run leave: one attempt more, and those without an answer are on their way. */
export function markSending(db: WriteHandle, first: number, last: number, at: string): void {
  db.run(
    `UPDATE outbox SET attempts = attempts + 1, last_attempt_at = ?,
    state = CASE WHEN state = 'pending' THEN 'sending' ELSE state END WHERE seq BETWEEN ? AND ?`,
    [at, first, last],
  )
}

/** Acts whose answer never came wait again; `cleared`: with no fault, not even one of before. */
export function releaseSending(db: WriteHandle, fault: Fault | 'cleared' | undefined): void {
  if (fault === 'cleared') db.run(`UPDATE outbox SET state = 'pending', fault = NULL WHERE state = 'sending'`)
  else
    db.run(`UPDATE outbox SET state = 'pending', fault = coalesce(?, fault) WHERE state = 'sending'`, [
      fault === undefined ? null : JSON.stringify(fault),
    ])
}

/**
 * The answers that say of an act what was not known here. One statement for all of them: one for each costs twice as
 * much.
 */
export function newsAmong(db: ReadHandle, answers: readonly CommandAnswer[]): readonly CommandAnswer[] {
  const news = db.all<{ at: number }>(
    `SELECT a.key AS at FROM json_each(?) a JOIN outbox o ON o.seq = a.value ->> 'seq'
    WHERE o.id = a.value ->> 'id' AND o.state <> a.value ->> 'state' ORDER BY a.key`,
    [JSON.stringify(answers)],
  )
  return news.flatMap(({ at }) => answers[at] ?? [])
}

/** Writes what the platform said; an answer about another act of the same number changes nothing. */
export function saveAnswers(db: WriteHandle, answers: readonly CommandAnswer[], at: string): void {
  const said = JSON.stringify(answers)
  db.run(
    `UPDATE outbox SET state = a.value ->> 'state', answer = a.value ->> 'answer', platform_number = coalesce(a.value ->> 'platformNumber', platform_number),
    fault = NULL, answered_at = ? FROM json_each(?) a WHERE outbox.seq = a.value ->> 'seq' AND outbox.id = a.value ->> 'id'`,
    [at, said],
  )
  db.run(`DELETE FROM refusals WHERE seq IN (SELECT value ->> 'seq' FROM json_each(?))`, [said])
  db.run(
    `INSERT INTO refusals (seq, code, field) SELECT value ->> 'seq', value ->> '$.refusal.code', value ->> '$.refusal.field'
    FROM json_each(?) WHERE value ->> 'refusal' IS NOT NULL`,
    [said],
  )
}

/** Refused files that the screen names one by one. */
const shownFiles = 5

/** What waits, and what the correction desk has to look at; acts that were applied are not touched. */
export function countOutbox(db: ReadHandle): OutboxCounts {
  const waiting = db.get<{
    count: number
    oldest: string | null
  }>(`SELECT count(*) AS count, min(created_at) AS oldest FROM outbox
    WHERE state IN ('pending', 'sending')`)
  const refused = db.get<{ count: number }>(
    `SELECT count(DISTINCT ${putRightAt('o')}) AS count FROM outbox o WHERE ${unsettled}`,
  )
  const oldest = waiting?.oldest ?? undefined
  const filesPending = countUploads(db)
  const filesRefused = filesPending === 0 ? [] : refusedUploads(db, shownFiles)
  return {
    pending: waiting?.count ?? 0,
    refused: refused?.count ?? 0,
    ...(oldest === undefined ? {} : { oldestPendingAt: oldest }),
    ...(filesPending === 0 ? {} : { filesPending }),
    ...(filesRefused.length === 0 ? {} : { filesRefused: [...filesRefused] }),
  }
}

interface ItemRow {
  seq: number
  id: string
  type: string
  number: string | null
  created_at: string
  state: string
  attempts: number
  last_attempt_at: string | null
  answer: string | null
  fault: string | null
  answered_at: string | null
  code: string | null
  field: string | null
}

const itemOf = (row: ItemRow): OutboxItemView =>
  outboxItemView.parse({
    seq: row.seq,
    id: row.id,
    type: row.type,
    createdAt: row.created_at,
    state: row.state,
    attempts: row.attempts,
    ...(row.number === null ? {} : { number: row.number }),
    ...(row.last_attempt_at === null ? {} : { lastAttemptAt: row.last_attempt_at }),
    ...(row.answer === null ? {} : { answer: row.answer }),
    ...(row.fault === null ? {} : { fault: JSON.parse(row.fault) as unknown }),
    ...(row.answered_at === null ? {} : { answeredAt: row.answered_at }),
    ...(row.code === null ? {} : { refusal: { code: row.code, ...(row.field === null ? {} : { field: row.field }) } }),
  })

const items = `SELECT o.seq, id, type, number, created_at, state, attempts, last_attempt_at, answer, fault, answered_at, code, field
  FROM outbox o LEFT JOIN refusals r ON r.seq = o.seq`

/** What the sync screen shows: the acts without an answer and the refused ones, then the newest, at most `limit`. */
export function outboxItems(db: ReadHandle, limit: number): readonly OutboxItemView[] {
  const open = db.all<ItemRow>(
    `${items} WHERE state IN ('pending', 'sending', 'rejected', 'conflict') ORDER BY o.seq DESC LIMIT ?`,
    [limit],
  )
  const applied = db.all<ItemRow>(`${items} WHERE state = 'applied' ORDER BY o.seq DESC LIMIT ?`, [limit - open.length])
  return [...open, ...applied].map(itemOf)
}

/** One act as the screens show it. */
export function findItem(db: ReadHandle, id: string): OutboxItemView | undefined {
  const row = db.get<ItemRow>(`${items} WHERE id = ?`, [id])
  return row === undefined ? undefined : itemOf(row)
}
