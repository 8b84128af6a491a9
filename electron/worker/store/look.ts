import { copyFileSync, constants, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { osCode } from '../keys/wholeFile.ts'
import { migrate, shapeOf } from './migrate.ts'
import { migrations } from './migrations/all.ts'
import { connect, storeOver, unfitRuntime, type OpenOptions, type Store } from './open.ts'
import { sqliteFault } from './sqliteFault.ts'

/** A register that is only looked at. */
export interface LookedAt {
  readonly store: Store
  /** The shape of the file as it lies there, and the one that this program brings it to. */
  readonly shape: { readonly file: number; readonly program: number }
  readonly close: () => void
}

/**
 * Opens an existing register to look at it: no byte of its folder is another one afterwards, whatever its shape and
 * however its program ended. A file of the newest shape is opened where it is, one of an older shape as a copy that is
 * brought up to date, and so is one beside which a log was left that opening it would move into it. The copy is
 * encrypted as the file is, for its owner alone, and goes with `close`. Writing to the store is a mistake of the caller.
 * Faults: those of `openStore`; register.diskFull (there is no room for the copy).
 */
export function lookAtStore(options: Omit<OpenOptions, 'migrations'>): Result<LookedAt> {
  const unfit = unfitRuntime(options.binding)
  if (unfit !== undefined) return err(unfit)
  // Its owner moves the log into the file: what is there now is of a program that runs, or of one that was killed.
  const left = statSync(`${options.file}-wal`, { throwIfNoEntry: false })
  if (left !== undefined && left.size > 0)
    return isHeld(options.file) ? err(faultOf('register.inUse')) : lookAtCopy(options, ['', '-wal'])
  let db: ReturnType<typeof connect> | undefined
  try {
    db = connect(options, true)
    const file = shapeOf(db)
    if (file < migrations.length) {
      db.close()
      return lookAtCopy(options, [''])
    }
    // Nothing is left to do: it says what is newer than this program, or bent.
    const same = migrate(db, migrations, options.now)
    if (!same.ok) {
      db.close()
      return same
    }
    const store = storeOver(db, options)
    return ok({
      store,
      shape: { file, program: migrations.length },
      close: () => {
        store.close()
      },
    })
  } catch (cause) {
    db?.close()
    const fault = sqliteFault(cause)
    if (fault === undefined) throw cause
    return err(fault)
  }
}

const lookAtCopy = (options: OpenOptions, parts: readonly ('' | '-wal')[]): Result<LookedAt> => {
  let folder: string | undefined
  const drop = (): void => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  }
  let db: ReturnType<typeof connect> | undefined
  try {
    folder = mkdtempSync(join(tmpdir(), 'guichet-look-'))
    const copy = { ...options, file: join(folder, 'register.db') }
    for (const part of parts) copyFileSync(`${options.file}${part}`, `${copy.file}${part}`, constants.COPYFILE_FICLONE)
    db = connect(copy)
    const file = shapeOf(db)
    const migrated = migrate(db, migrations, options.now)
    if (!migrated.ok) {
      db.close()
      drop()
      return migrated
    }
    const store = storeOver(db, copy, dirname(options.file))
    return ok({
      store,
      shape: { file, program: migrations.length },
      close: () => {
        store.close()
        drop()
      },
    })
  } catch (cause) {
    db?.close()
    drop()
    const fault = sqliteFault(cause)
    if (fault !== undefined) return err(fault)
    if (osCode(cause) === 'ENOSPC' || osCode(cause) === 'EDQUOT')
      return err(faultOf('register.diskFull', `${tmpdir()}: a copy to look at`))
    if (osCode(cause) === 'EACCES') return err(faultOf('register.readOnly', osCode(cause)))
    throw cause
  }
}

/**
 * Whether a process holds the file, by the list of locks of the system (proc(5), /proc/locks: the sixth word is
 * device:inode). To ask SQLite would move the log into the file. Where there is no such list nobody holds it: the copy
 * is then torn at worst, and is found out.
 */
const isHeld = (file: string): boolean => {
  try {
    const { ino } = statSync(file, { bigint: true })
    return readFileSync('/proc/locks', 'utf8')
      .split('\n')
      .some((line) => line.includes(' POSIX ') && line.split(/\s+/)[5]?.endsWith(`:${String(ino)}`) === true)
  } catch {
    return false
  }
}
