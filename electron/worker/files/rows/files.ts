import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import type { FileFolder, PutFile } from '../fileFolder.ts'

/**
 * The rows that name a file, by table and column of its SHA-256. A file that none of them names may go; a new table that
 * names files has its line here.
 */
const namedBy: readonly (readonly [table: string, column: string])[] = [
  ['attachments', 'sha256'],
  ['papers', 'file_sha256'],
  ['letter_files', 'sha256'],
  ['letter_additions', 'sha256'],
]

const named = (sha: string): string =>
  namedBy.map(([table, column]) => `EXISTS (SELECT 1 FROM ${table} WHERE ${column} = ${sha})`).join(' OR ')

/**
 * Names a file that was put, in the transaction of whatever needs it.
 * Fault: file.missing (it is not on the disk, so nothing may name it).
 * @param at UTC instant
 */
export function nameFile(db: WriteHandle, folder: FileFolder, file: PutFile, at: string): Result<void> {
  if (!folder.has(file.sha256) && stagedBytes(db, file.sha256) === undefined)
    return err(faultOf('file.missing', folder.nameOf(file.sha256)))
  db.run('INSERT INTO files (sha256, size, added_at) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING', [
    file.sha256,
    file.size,
    at,
  ])
  return ok(undefined)
}

/** Forgets a file unless something still names it; its bytes go once the transaction is committed, never before. */
export function forgetFile(db: WriteHandle, folder: FileFolder, sha256: string): void {
  if (db.run(`DELETE FROM files WHERE sha256 = ? AND NOT (${named('files.sha256')})`, [sha256]) === 0) return
  dropStaged(db, sha256)
  db.afterCommit(() => {
    folder.remove(sha256)
  })
}

/** The bytes of a file that still lies in the register, from before files lay beside it. */
const stagedBytes = (db: ReadHandle, sha256: string): Uint8Array | undefined =>
  db.get<{ bytes: Uint8Array }>('SELECT bytes FROM staged_files WHERE sha256 = ?', [sha256])?.bytes

/**
 * The bytes of a file, wherever they lie now. Faults: file.missing, file.damaged, file.swapped.
 * @param sha256 64 hexadecimal digits
 */
export function bytesOfFile(db: ReadHandle, folder: FileFolder, sha256: string): Result<Uint8Array> {
  const staged = stagedBytes(db, sha256)
  return staged === undefined ? folder.get(sha256) : ok(staged)
}

/** The files after one of them in the order of their hashes, at most `limit`: a walk over all begins with ''. */
export const filesAfter = (db: ReadHandle, sha256: string, limit: number): readonly PutFile[] =>
  db.all<PutFile>('SELECT sha256, size FROM files WHERE sha256 > ? ORDER BY sha256 LIMIT ?', [sha256, limit])

/** How many files there are, and how many bytes they hold. */
export const countFiles = (db: ReadHandle): { readonly count: number; readonly bytes: number } =>
  db.get<{ count: number; bytes: number }>('SELECT count(*) AS count, coalesce(sum(size), 0) AS bytes FROM files') ?? {
    count: 0,
    bytes: 0,
  }

/** Which of these files the register still knows. */
export const namedAmong = (db: ReadHandle, files: readonly string[]): ReadonlySet<string> =>
  new Set(
    db
      .all<{ sha256: string }>('SELECT sha256 FROM files WHERE sha256 IN (SELECT value FROM json_each(?))', [
        JSON.stringify(files),
      ])
      .map((row) => row.sha256),
  )

/** Which of these files still lie in the register. */
export const stagedAmong = (db: ReadHandle, files: readonly string[]): ReadonlySet<string> =>
  new Set(
    db
      .all<{ sha256: string }>('SELECT sha256 FROM staged_files WHERE sha256 IN (SELECT value FROM json_each(?))', [
        JSON.stringify(files),
      ])
      .map((row) => row.sha256),
  )

/** The first file after a place in the table whose bytes still lie in the register, with its own place. */
export const nextStaged = (
  db: ReadHandle,
  after: number,
): { readonly place: number; readonly sha256: Sha256; readonly bytes: Uint8Array } | undefined =>
  db.get<{ place: number; sha256: Sha256; bytes: Uint8Array }>(
    'SELECT rowid AS place, sha256, bytes FROM staged_files WHERE rowid > ? ORDER BY rowid LIMIT 1',
    [after],
  )

/** The bytes of a file are on the disk: those in the register go. */
export const dropStaged = (db: WriteHandle, sha256: string): void => {
  db.run('DELETE FROM staged_files WHERE sha256 = ?', [sha256])
}
