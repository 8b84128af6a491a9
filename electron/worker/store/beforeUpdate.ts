import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { makeFolder, syncFolder, writeWhole } from '../keys/wholeFile.ts'
import { shapeOf } from './migrate.ts'

/** What a register was before an update of the program gave it a newer shape. */
const described = z.strictObject({
  version: z.literal(1),
  shape: z.int().positive(),
  /** UTC instant. */
  at: z.string(),
  /** The newest link of its journal. */
  head: z.strictObject({ seq: z.int().nonnegative(), hash: z.string() }),
})
export type BeforeUpdate = z.infer<typeof described> & { readonly file: string }

/** So many copies of before an update are kept. */
export const keptBeforeUpdates = 3

const folderOf = (file: string): string => join(dirname(file), 'before-update')

/** The copies of before updates, newest first. */
export function copiesBeforeUpdate(file: string): readonly BeforeUpdate[] {
  const folder = folderOf(file)
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const copy = join(folder, name.replace(/json$/u, 'db'))
      const read = readDescribed(join(folder, name))
      return read === undefined || !existsSync(copy) ? [] : [{ ...read, file: copy }]
    })
    .sort((one, other) => (one.at < other.at ? 1 : -1))
}

/** Removes those that were made before an instant (UTC): what was erased since is still in them. */
export function dropBeforeUpdate(file: string, before: string): void {
  for (const past of copiesBeforeUpdate(file).filter(({ at }) => at < before)) remove(past)
}

const remove = ({ file }: BeforeUpdate): void => {
  rmSync(file, { force: true })
  rmSync(file.replace(/db$/u, 'json'), { force: true })
}

/** What has to be known of a register before it is closed to be copied; nothing when it keeps its shape. */
export function shapeChanges(db: Database.Database, newest: number): Omit<BeforeUpdate, 'file' | 'at'> | undefined {
  const shape = shapeOf(db)
  if (shape === 0 || shape >= newest) return undefined
  // Registers in which nothing could be written yet have nothing to go back to.
  const [journal] = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'journal'").all()
  if (journal === undefined) return undefined
  const head = db
    .prepare<[], { seq: number; hash: string }>('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1')
    .get()
  // Its log is in the file afterwards, and the file is all that there is of it.
  db.pragma('wal_checkpoint(TRUNCATE)')
  return { version: 1, shape, head: head ?? { seq: 0, hash: '' } }
}

/**
 * Copies a register that nobody has open, before its first step; the copies that are past their number go. One that
 * cannot be made, for want of room, keeps nobody from working: there is no way back then, which `db rollback` says.
 * @param now UTC instant
 */
export function keepBeforeUpdate(file: string, before: Omit<BeforeUpdate, 'file' | 'at'>, now: string): void {
  const folder = folderOf(file)
  const copy = join(folder, `shape-${String(before.shape)}-${now.slice(0, 19).replaceAll(':', '-')}.db`)
  const fresh = `${copy}.new`
  try {
    makeFolder(folder)
    copyFileSync(file, fresh)
    sync(fresh)
    renameSync(fresh, copy)
    syncFolder(folder)
    if (!writeWhole(copy.replace(/db$/u, 'json'), `${JSON.stringify({ ...before, at: now })}\n`).ok) rmSync(copy)
    for (const past of copiesBeforeUpdate(file).slice(keptBeforeUpdates)) remove(past)
  } catch {
    rmSync(fresh, { force: true })
  }
}

const sync = (path: string): void => {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

const readDescribed = (path: string): z.infer<typeof described> | undefined => {
  try {
    return described.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data
  } catch {
    return undefined
  }
}
