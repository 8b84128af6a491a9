import { digitalItem, type DigitalItem } from '#shared/domain/mail/digitalItem.ts'
import { levelOf } from '#shared/domain/mail/letter.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed } from '../../store/json.ts'

/** Keeps an item as it is now; one that was registered here stays so, however often it is told. */
export function saveDigitalItem(db: WriteHandle, item: DigitalItem): void {
  db.run(
    `INSERT INTO digital_items (id, number, handed_in, level, body) VALUES (:id, :number, :on, :level, :body)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number, handed_in = excluded.handed_in, level = excluded.level,
      body = excluded.body, ready = 0, fault = NULL, tried_at = NULL
    WHERE letter_id IS NULL AND body <> excluded.body`,
    {
      id: item.id,
      number: item.number,
      on: item.on,
      level: levelOf(item.confidentiality),
      body: JSON.stringify(item),
    },
  )
  forgetUnread(db, item.id)
}

/** It was withdrawn, or another counter registered it; what this one registered is remembered. */
export function endDigitalItem(db: WriteHandle, id: string): void {
  db.run('DELETE FROM digital_items WHERE id = ? AND letter_id IS NULL', [id])
  forgetUnread(db, id)
}

const unread = `body ->> '$.kind' = 'digital-item'`
const forgetUnread = (db: WriteHandle, id: string): void => {
  db.run(`DELETE FROM parked_changes WHERE ${unread} AND body ->> '$.key' = ?`, [id])
}

/** The items whose files are not all here, oldest first: never tried, or not since an instant. */
export const itemsWithoutFiles = (db: ReadHandle, notSince: string): readonly DigitalItem[] =>
  db
    .all<{ body: string }>(
      `SELECT body FROM digital_items WHERE letter_id IS NULL AND ready = 0 AND (tried_at IS NULL OR tried_at < ?)
      ORDER BY handed_in, id`,
      [notSince],
    )
    .map(({ body }) => parsed(digitalItem, body))

/** Every file of an item is here: it is offered. Nothing where it was withdrawn, or changed, meanwhile. */
export const itemReady = (db: WriteHandle, item: DigitalItem): void => {
  db.run('UPDATE digital_items SET ready = 1, fault = NULL WHERE id = ? AND body = ?', [item.id, JSON.stringify(item)])
}

/** A file of an item could not be had, and why (a code of a fault). */
export const itemStopped = (db: WriteHandle, item: DigitalItem, fault: string, at: string): void => {
  db.run('UPDATE digital_items SET fault = ?, tried_at = ? WHERE id = ? AND body = ?', [
    fault,
    at,
    item.id,
    JSON.stringify(item),
  ])
}

/** What waits, of what may be seen up to a level; `stopped`: a file is wrong, or the item cannot be read at all. */
export function countDigitalItems(
  db: ReadHandle,
  level: number,
): { readonly ready: number; readonly coming: number; readonly stopped: number } {
  const row = db.get<{ ready: number; stopped: number; coming: number }>(
    `SELECT coalesce(sum(ready), 0) AS ready, coalesce(sum(ready = 0 AND fault IS NULL), 0) AS coming,
      count(fault) + (SELECT count(DISTINCT body ->> '$.key') FROM parked_changes WHERE ${unread}) AS stopped
    FROM digital_items WHERE letter_id IS NULL AND level <= ?`,
    [level],
  )
  return row ?? { ready: 0, coming: 0, stopped: 0 }
}

/** The items that can be registered, oldest first. */
export const readyDigitalItems = (db: ReadHandle, level: number, limit: number): readonly DigitalItem[] =>
  db
    .all<{ body: string }>(
      `SELECT body FROM digital_items WHERE letter_id IS NULL AND ready = 1 AND level <= ?
      ORDER BY handed_in, id LIMIT ?`,
      [level, limit],
    )
    .map(({ body }) => parsed(digitalItem, body))

/** An item of this number stands in the register already, in a line that was not cancelled. */
export const isDigitalRegistered = (db: ReadHandle, number: string, level: number): boolean =>
  db.get(
    `SELECT 1 FROM digital_items d JOIN letters l ON l.id = d.letter_id
    WHERE d.number = ? AND d.level <= ? AND l.state <> 'cancelled'`,
    [number, level],
  ) !== undefined

/** The items of a number are this line now: what they said of their sender goes. */
export const registerDigitalItem = (db: WriteHandle, number: string, level: number, letterId: string): void => {
  db.run('UPDATE digital_items SET letter_id = ?, body = NULL, fault = NULL WHERE number = ? AND level <= ?', [
    letterId,
    number,
    level,
  ])
}
