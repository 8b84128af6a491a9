import { z } from 'zod'
import { actOfType, personalTypes } from '#shared/contract/acts.ts'
import { requestDraft } from '#shared/domain/request/request.ts'
import type { WipedKind } from '#shared/domain/retention.ts'
import type { RequestId } from '#shared/ids.ts'
import type { FileFolder } from '../../files/fileFolder.ts'
import { putRightAt } from '../../acts/rows/repairs.ts'
import { wipeComplement } from '../../core/rows/complements.ts'
import { dropAttachment } from '../../files/rows/attachments.ts'
import { wipePapersOf } from '../../papers/rows/papers.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed } from '../../store/json.ts'

/** Kinds that are rows of the register; backups are files. */
export type RowKind = Exclude<WipedKind, 'backup'>

/**
 * An act `o` is over: the platform applied it, or a later act that it applied settled it. A repair is over with the act
 * that it names, a complement with a later repair of its deposit.
 * The index of states (kept away by `+`) would lead through all that was ever applied.
 */
const settled = `(+o.state = 'applied' OR (+o.state IN ('rejected', 'conflict') AND EXISTS (
  SELECT 1 FROM repairs r JOIN outbox w ON w.id = r.command_id
  WHERE r.act_id = ${putRightAt('o')} AND w.state = 'applied'
    AND (w.seq > o.seq OR NOT EXISTS (SELECT 1 FROM complements WHERE command_id = o.id)))))`
/** Acts that are not over. Few: sets of them are made once for a question, not once for a row. */
const open = `o.state IN ('pending', 'sending', 'rejected', 'conflict') AND NOT ${settled}`

/** No draft, no digital item that waits and no act that is not over needs the file `sha`. */
const unneeded = (
  sha: string,
): string => `${sha} NOT IN (SELECT f.value FROM drafts d, json_each(d.body, '$.pieces') p, json_each(p.value, '$.attachments') f WHERE f.value IS NOT NULL)
  AND ${sha} NOT IN (SELECT f.value ->> '$.sha256' FROM digital_items i, json_each(i.body, '$.files') f WHERE i.letter_id IS NULL)
  AND ${sha} NOT IN (SELECT f.sha256 FROM outbox o JOIN act_files f USING (seq) WHERE ${open})`

/** The request of a print job `j`; nothing when its paper is no receipt. */
const requestOfJob = `(SELECT subject FROM papers WHERE id = j.paper_id AND kind = 'receipt')`

/** Nothing of a request `q` is under way: no act of it, no complement, no repair, no paper. */
const over = `q.wiped_at IS NULL AND q.command_id NOT IN (SELECT o.id FROM outbox o WHERE ${open})
  AND q.id NOT IN (SELECT c.request_id FROM outbox o CROSS JOIN complements c ON c.command_id = o.id WHERE ${open})
  AND q.command_id NOT IN (SELECT r.act_id FROM outbox w CROSS JOIN repairs r ON r.command_id = w.id WHERE w.state IN ('pending', 'sending'))
  AND q.id NOT IN (SELECT p.subject FROM print_jobs j CROSS JOIN papers p ON p.id = j.paper_id WHERE j.ended_at IS NULL AND p.kind = 'receipt')`

/** Names of types as SQL literals: they are the registry's own, letters and dots. */
const listed = (types: readonly string[]): string => types.map((type) => `'${type}'`).join(', ')

/**
 * Per kind, everything that is held and may end once its term is over: its id, the UTC instant from which the term
 * runs, and the request
 * that it belongs to. What the platform does not hold yet is in none of them. Instants and requests of what there are
 * many of have an index.
 */
const items: Readonly<Record<RowKind, string>> = {
  draft: `SELECT login || ' ' || kind || ' ' || id AS id, saved_at AS since, NULL AS request FROM drafts`,
  looseFile: `SELECT a.sha256 AS id, a.added_at AS since, NULL AS request FROM attachments a
    WHERE NOT EXISTS (SELECT 1 FROM uploads u WHERE u.sha256 = a.sha256) AND ${unneeded('a.sha256')}`,
  sentFile: `SELECT u.sha256 AS id, u.stored_at AS since, s.request_id AS request FROM uploads u JOIN outbox s ON s.seq = u.seq
    WHERE u.stored_at IS NOT NULL AND ${unneeded('u.sha256')}`,
  printing: `SELECT j.id, j.ended_at AS since, ${requestOfJob} AS request FROM print_jobs j
    WHERE j.ended_at IS NOT NULL AND (j.message <> '' OR json_extract(j.mark, '$.reason') <> '')`,
  // Of the types that the registry says name somebody.
  sentAct: `SELECT o.id, o.answered_at AS since, o.request_id AS request FROM outbox o
    WHERE o.wiped_at IS NULL AND o.answered_at IS NOT NULL AND o.type IN (${listed(personalTypes)}) AND ${settled}`,
  // The last day of receipts that correct the first one takes the place of its own.
  person: `SELECT q.id, q.last_day || 'T00:00:00.000Z' AS since, q.id AS request FROM requests q
    WHERE ${over} AND NOT EXISTS (SELECT 1 FROM reissues WHERE request_id = q.id)
    UNION ALL SELECT q.id, c.last_day || 'T00:00:00.000Z', c.request_id FROM reissues c CROSS JOIN requests q ON q.id = c.request_id
    WHERE ${over} AND NOT EXISTS (SELECT 1 FROM reissues d WHERE d.request_id = c.request_id AND (d.last_day, d.rank) > (c.last_day, c.rank))`,
  appointment: 'SELECT id, starts_at AS since, NULL AS request FROM appointments',
  disposition: 'SELECT id, decided_at AS since, NULL AS request FROM mail_dispositions',
}

/** How many of a kind may end, and since when the oldest of them has waited. */
export const heldOf = (db: ReadHandle, kind: RowKind): { readonly count: number; readonly oldest: string | null } =>
  db.get<{ count: number; oldest: string | null }>(
    `SELECT count(*) AS count, min(since) AS oldest FROM (${items[kind]})`,
  ) ?? { count: 0, oldest: null }

/** How many of a kind have waited since the day (ISO date) of the oldest. */
export const heldSince = (db: ReadHandle, kind: RowKind, day: string): number =>
  db.get<{ count: number }>(`SELECT count(*) AS count FROM (${items[kind]}) WHERE since < ?`, [`${day}T99`])?.count ?? 0

/**
 * Ids of a kind whose term began before an instant, at most `limit`: in no order, so that it ends as soon as it has
 * them.
 */
export const dueOf = (db: ReadHandle, kind: RowKind, before: string, limit: number): readonly string[] =>
  db
    .all<{ id: string }>(`SELECT id FROM (${items[kind]}) WHERE since < ? LIMIT ?`, [before, limit])
    .map((row) => row.id)

/** What of a kind belongs to these requests, with the instant from which its term runs. */
export const heldOfRequests = (
  db: ReadHandle,
  kind: RowKind,
  requests: readonly RequestId[],
): readonly { readonly id: string; readonly since: string; readonly request: RequestId }[] =>
  db.all<{ id: string; since: string; request: RequestId }>(
    `SELECT id, since, request FROM (${items[kind]}) WHERE request IN (SELECT value FROM json_each(?)) ORDER BY since`,
    [JSON.stringify(requests)],
  )

const envelope = z.looseObject({ data: z.record(z.string(), z.json()) })

const wipeAct = (db: WriteHandle, id: string, at: string): void => {
  const row = db.get<{ seq: number; type: string; envelope: string }>(
    'SELECT seq, type, envelope FROM outbox JOIN envelopes USING (seq) WHERE id = ?',
    [id],
  )
  if (row === undefined) return
  const { keeps = 'all' } = actOfType(row.type)?.act ?? {}
  // Of an act that was lost here only what the platform answered is there: nothing personal.
  const sent = envelope.safeParse(JSON.parse(row.envelope))
  const kept =
    sent.success && keeps !== 'all'
      ? JSON.stringify({
          ...sent.data,
          data: Object.fromEntries(
            keeps.flatMap((name) => (name in sent.data.data ? [[name, sent.data.data[name]]] : [])),
          ),
        })
      : row.envelope
  db.run('UPDATE envelopes SET envelope = ? WHERE seq = ?', [kept, row.seq])
  db.run('UPDATE outbox SET answer = NULL, asked = NULL, wiped_at = ? WHERE seq = ?', [at, row.seq])
  db.run('DELETE FROM act_files WHERE seq = ?', [row.seq])
  db.run('UPDATE repairs SET draft = NULL WHERE command_id = ?', [id])
}

const wipePerson = (db: WriteHandle, id: string, at: string, folder: FileFolder): void => {
  const row = db.get<{ draft: string; number: string }>('SELECT draft, number FROM requests WHERE id = ?', [id])
  if (row === undefined) return
  const { represented: _who, note: _note, fee: _fee, ...draft } = parsed(requestDraft, row.draft)
  db.run('UPDATE requests SET draft = ?, wiped_at = ? WHERE id = ?', [
    JSON.stringify({ ...draft, pieces: draft.pieces.map((piece) => ({ ...piece, attachments: [] })) }),
    at,
    id,
  ])
  wipePapersOf(db, folder, { id, number: row.number }, at)
  wipeComplement(db, id)
  db.run('DELETE FROM identities WHERE request_id = ?', [id])
}

/**
 * Wipes one item for good; what of it the register needs stays. `at` is the UTC instant that the row remembers. A file
 * goes from the disk with the commit.
 */
export const wipeItem: Readonly<
  Record<RowKind, (db: WriteHandle, id: string, at: string, folder: FileFolder) => void>
> = {
  draft: (db, key) => {
    db.run(`DELETE FROM drafts WHERE login || ' ' || kind || ' ' || id = ?`, [key])
  },
  looseFile: (db, sha256, _at, folder) => {
    dropAttachment(db, folder, sha256)
  },
  sentFile: (db, sha256, _at, folder) => {
    dropAttachment(db, folder, sha256)
  },
  printing: (db, id) => {
    db.run(
      `UPDATE print_jobs SET message = '', mark = CASE WHEN mark IS NULL THEN NULL ELSE json_set(mark, '$.reason', '') END WHERE id = ?`,
      [id],
    )
  },
  sentAct: wipeAct,
  person: wipePerson,
  appointment: (db, id) => {
    db.run('DELETE FROM appointments WHERE id = ?', [id])
  },
  disposition: (db, id) => {
    db.run('DELETE FROM mail_dispositions WHERE id = ?', [id])
  },
}
