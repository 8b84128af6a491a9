import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { testKey } from './register.ts'

const unlock = (db: Database.Database): void => {
  db.pragma(`cipher = 'sqlcipher'`)
  db.pragma(`key = "x'${Buffer.from(testKey).toString('hex')}'"`)
}

/**
 * Every page of a closed register in clear, as it lies in the file: with what deleted rows may have left between the
 * living ones. Each page
 * is deciphered in its place, so nothing is tidied up on the way.
 */
export function pagesInClear(file: string): Buffer {
  const copy = `${file}.clear`
  copyFileSync(file, copy)
  const db = new Database(copy)
  unlock(db)
  db.pragma('journal_mode = DELETE')
  db.pragma(`rekey = ''`)
  db.close()
  const bytes = readFileSync(copy)
  rmSync(copy)
  return bytes
}

/** The bytes of the write-ahead log; empty when there is none. */
export const logOf = (file: string): Buffer =>
  existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : Buffer.alloc(0)
