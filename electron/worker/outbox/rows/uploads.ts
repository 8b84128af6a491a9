import { refusedFile, type RefusedFile } from '#shared/contract/features/sync/calls.ts'
import { ok } from '#shared/result.ts'
import type { PendingUploads, WaitingFile } from '../ports.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { bytesOfFile } from '../../files/rows/files.ts'
import type { Store } from '../../store/open.ts'

/** The files that an act refers to wait for their upload, unless an earlier act brought them. */
export function queueUploads(db: WriteHandle, seq: number, files: readonly string[]): void {
  for (const sha256 of files)
    db.run(
      'INSERT INTO uploads (sha256, seq) SELECT sha256, ? FROM attachments WHERE sha256 = ? ON CONFLICT DO NOTHING',
      [seq, sha256],
    )
}

const waiting = `SELECT u.sha256, a.mime, f.size, u.url, u.tries FROM uploads u JOIN attachments a USING (sha256) JOIN files f USING (sha256) WHERE u.stored_at IS NULL AND (:due IS NULL OR u.not_before IS NULL OR u.not_before <= :due) ORDER BY u.seq LIMIT :limit`

/** How many files the platform does not hold yet. */
export const countUploads = (db: ReadHandle): number =>
  db.get<{ count: number }>('SELECT count(*) AS count FROM uploads WHERE stored_at IS NULL')?.count ?? 0

type WaitingRow = Omit<WaitingFile, 'url'> & { readonly url: string | null }

/** Files that the platform refused, or that cannot be read, with why: at most `limit`, in the order of their acts. */
export const refusedUploads = (db: ReadHandle, limit: number): readonly RefusedFile[] =>
  db
    .all<{ number: string | null; size: number; tries: number; fault: string; not_before: string }>(
      `SELECT o.number, f.size, u.tries, u.fault, u.not_before FROM uploads u JOIN outbox o ON o.seq = u.seq
      JOIN files f USING (sha256) WHERE u.stored_at IS NULL AND u.fault IS NOT NULL ORDER BY u.seq LIMIT ?`,
      [limit],
    )
    .map(({ number, fault, not_before, ...file }) =>
      refusedFile.parse({
        ...file,
        fault: JSON.parse(fault) as unknown,
        againAt: not_before,
        ...(number === null ? {} : { number }),
      }),
    )

/** The files as the outbox needs them. A register that cannot be written throws. */
export function createPendingUploads(store: Store): PendingUploads {
  const write = (act: (db: WriteHandle) => void): void => {
    // What the platform holds is no act: it is noted in quarantine too.
    const done = store.upkeep((db) => {
      act(db)
      return ok(undefined)
    })
    if (!done.ok) throw new Error(`the uploads cannot be written: ${done.fault.code}`)
  }
  return {
    waiting: (limit, due) =>
      store.db
        .all<WaitingRow>(waiting, { due: due?.toISOString() ?? null, limit })
        .map(({ url, ...file }): WaitingFile => ({ ...file, ...(url === null ? {} : { url }) })),
    count: () => countUploads(store.db),
    bytes: (sha256) => bytesOfFile(store.db, store.files, sha256),
    refused: (sha256, fault, notBefore) => {
      write((db) => {
        db.run('UPDATE uploads SET tries = tries + 1, fault = ?, not_before = ? WHERE sha256 = ?', [
          JSON.stringify(fault),
          notBefore.toISOString(),
          sha256,
        ])
      })
    },
    saveUrl: (sha256, url) => {
      write((db) => {
        db.run('UPDATE uploads SET url = ? WHERE sha256 = ?', [url ?? null, sha256])
      })
    },
    stored: (files, at) => {
      let news = 0
      write((db) => {
        for (const sha256 of files)
          news += db.run(
            'UPDATE uploads SET stored_at = ?, url = NULL, fault = NULL, not_before = NULL WHERE sha256 = ? AND stored_at IS NULL',
            [at.toISOString(), sha256],
          )
      })
      return news
    },
  }
}
