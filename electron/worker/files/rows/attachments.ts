import type { Sha256 } from '#shared/ids.ts'
import { ok, type Result } from '#shared/result.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import type { FileFolder } from '../fileFolder.ts'
import { forgetFile, nameFile } from './files.ts'

/**
 * Keeps an attached file under its hash, once; its type is that of the first time. Its bytes are on the disk when this
 * returns. Faults: those of `put`.
 */
export function keepAttachment(
  db: WriteHandle,
  folder: FileFolder,
  file: { sha256: Sha256; mime: string; bytes: Uint8Array; at: string },
): Result<void> {
  const put = folder.put(file.bytes)
  if (!put.ok) return put
  const named = nameFile(db, folder, put.value, file.at)
  if (!named.ok) return named
  db.run('INSERT INTO attachments (sha256, mime, added_at) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING', [
    put.value.sha256,
    file.mime,
    file.at,
  ])
  return ok(undefined)
}

/** What is known of a file without its bytes. */
export function findAttachment(
  db: ReadHandle,
  sha256: Sha256,
): { readonly mime: string; readonly size: number } | undefined {
  return db.get<{ mime: string; size: number }>(
    'SELECT mime, size FROM attachments JOIN files USING (sha256) WHERE sha256 = ?',
    [sha256],
  )
}

/** Forgets an attached file and its upload; its bytes go with the commit, unless something else names them. */
export function dropAttachment(db: WriteHandle, folder: FileFolder, sha256: string): void {
  db.run('DELETE FROM uploads WHERE sha256 = ?', [sha256])
  db.run('DELETE FROM attachments WHERE sha256 = ?', [sha256])
  forgetFile(db, folder, sha256)
}
