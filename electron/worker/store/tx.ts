import type Database from 'better-sqlite3'
import { err, type Result } from '#shared/result.ts'
import type { Handle, WriteHandle } from './handle.ts'
import { sqliteFault } from './sqliteFault.ts'

/**
 * Runs one act as one transaction, synchronously: a fault or an exception leaves nothing behind.
 * Faults of its own: register.diskFull, register.diskFailing, register.readOnly, register.inUse, register.corrupt.
 */
export type Tx = <T>(act: (db: WriteHandle) => Result<T>) => Result<T>

/**
 * The only way to write. `BEGIN IMMEDIATE` takes the write lock at once, so that an act never fails half-way for a
 * lock.
 */
export function createTx(db: Database.Database, handle: Handle): Tx {
  const undo = (): void => {
    // SQLite has already rolled back by itself after a full disk or an I/O error.
    if (db.inTransaction) db.exec('ROLLBACK')
    handle.takeAfterCommit()
  }
  return (act) => {
    try {
      db.exec('BEGIN IMMEDIATE')
      const result = act(handle)
      if (!result.ok) {
        undo()
        return result
      }
      db.exec('COMMIT')
      for (const next of handle.takeAfterCommit()) next()
      return result
    } catch (cause) {
      undo()
      const fault = sqliteFault(cause)
      if (fault === undefined) throw cause
      return err(fault)
    }
  }
}
