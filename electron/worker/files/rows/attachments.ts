import type { Sha256 } from '#shared/ids.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'

/** Keeps a file under its hash, once; returns its type, which is that of the first time. */
export function keepAttachment(
  db: WriteHandle,
  file: { sha256: Sha256; mime: string; bytes: Uint8Array; at: string },
): void {
  db.run(
    'INSERT INTO attachments (sha256, mime, bytes, added_at) VALUES (?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING',
    [file.sha256, file.mime, file.bytes, file.at],
  )
}

/** What is known of a file without its bytes. */
export function findAttachment(
  db: ReadHandle,
  sha256: Sha256,
): { readonly mime: string; readonly size: number } | undefined {
  return db.get<{ mime: string; size: number }>(
    'SELECT mime, length(bytes) AS size FROM attachments WHERE sha256 = ?',
    [sha256],
  )
}
