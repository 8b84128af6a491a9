import type { Sha256 } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import type { Shelf, WaitingFile } from '../ports.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import type { Store } from '../../store/open.ts'

/** The files that an act refers to wait for their upload, unless an earlier act brought them. */
export function queueUploads(db: WriteHandle, seq: number, files: readonly string[]): void {
  for (const sha256 of files)
    db.run(
      'INSERT INTO uploads (sha256, seq) SELECT sha256, ? FROM attachments WHERE sha256 = ? ON CONFLICT DO NOTHING',
      [seq, sha256],
    )
}

const waiting = `SELECT u.sha256, a.mime, length(a.bytes) AS size, u.url FROM uploads u JOIN attachments a USING (sha256) WHERE u.stored_at IS NULL ORDER BY u.seq`

/** How many files the platform does not hold yet. */
export const countUploads = (db: ReadHandle): number =>
  db.get<{ count: number }>('SELECT count(*) AS count FROM uploads WHERE stored_at IS NULL')?.count ?? 0

/** The files as the outbox needs them. A register that cannot be written throws. */
export function createShelf(store: Store): Shelf {
  const write = (act: (db: WriteHandle) => void): void => {
    // What the platform holds is no act: it is noted in quarantine too.
    const done = store.upkeep((db) => {
      act(db)
      return ok(undefined)
    })
    if (!done.ok) throw new Error(`the uploads cannot be written: ${done.fault.code}`)
  }
  return {
    waiting: (limit) =>
      store.db
        .all<{ sha256: Sha256; mime: string; size: number; url: string | null }>(`${waiting} LIMIT ?`, [limit])
        .map(({ url, ...file }): WaitingFile => ({ ...file, ...(url === null ? {} : { url }) })),
    count: () => countUploads(store.db),
    bytes: (sha256) =>
      store.db.get<{ bytes: Uint8Array }>('SELECT bytes FROM attachments WHERE sha256 = ?', [sha256])?.bytes,
    saveUrl: (sha256, url) => {
      write((db) => {
        db.run('UPDATE uploads SET url = ? WHERE sha256 = ?', [url ?? null, sha256])
      })
    },
    stored: (files, at) => {
      let news = 0
      write((db) => {
        for (const sha256 of files)
          news += db.run('UPDATE uploads SET stored_at = ?, url = NULL WHERE sha256 = ? AND stored_at IS NULL', [
            at.toISOString(),
            sha256,
          ])
      })
      return news
    },
  }
}
