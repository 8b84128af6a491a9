import { closeSync, openSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { filesFolder, openFileFolder, type FileFolder } from '../files/fileFolder.ts'
import { createHandle, type ReadHandle } from './handle.ts'
import { createReadOnlyReasons, type EndingReason } from './readOnlyReasons.ts'
import { keepBeforeUpdate, shapeChanges } from './beforeUpdate.ts'
import { besideSqlite, type HeldFile } from './heldFile.ts'
import { migrate, type Migration } from './migrate.ts'
import { migrations } from './migrations/all.ts'
import { sqliteFault } from './sqliteFault.ts'
import { createTx, type Tx } from './tx.ts'

/** The open register: reading at any time, writing only inside `tx`. */
export interface Store {
  readonly db: ReadHandle
  /** The encrypted files that rows of the register name; they lie beside it. */
  readonly files: FileFolder
  /** Acts. While a reason of `setReadOnly` stands it answers the gravest. */
  readonly tx: Tx
  /** Writes in quarantine too: what is no act (the link, counted tries), and the way out. */
  readonly upkeep: Tx
  /** From now on acts are refused, with this fault unless a graver one stands. Each code is a reason of its own. */
  setReadOnly(why: Fault): void
  /** These reasons are over; acts are taken again when none is left. Damage is never over in this process. */
  endReadOnly(...codes: readonly EndingReason[]): void
  /** One more thing that is looked at right before each act: a fault refuses it. */
  guard(check: () => Fault | undefined): void
  /** Why acts are refused; nothing when they are taken. */
  readOnlyReason(): Fault | undefined
  /**
   * SQLite's own check (`PRAGMA quick_check`) of every page, or of one table with its indexes; the lines of what is
   * wrong, none when all is well.
   */
  check(table?: string): readonly string[]
  /** Whether a table has more rows than that. */
  isLong(table: string, rows: number): boolean
  /**
   * Reads so many rows of a table after one of them. Fault: register.corrupt.
   * @returns the last of them, nothing at the end of the table
   */
  stepOver(table: string, after: number, rows: number): Result<number | undefined>
  /** The names of the tables. */
  tables(): readonly string[]
  /**
   * What doctor shows: SQLite and cipher versions, the durability level (2 = FULL), the version of the shape, the size
   * of the file.
   */
  facts(): {
    readonly sqlite: string
    readonly cipher: string
    readonly synchronous: number
    readonly shape: number
    readonly bytes: number
    /** Bytes of pages that were freed and are used again. */
    readonly freeBytes: number
  }
  /** Moves the write-ahead log into the file, so that little is at risk in it. */
  checkpoint(): void
  /**
   * Writes the whole file anew, in memory first: pages that were rebalanced may keep copies of rows between the living
   * ones, which
   * `secure_delete` does not reach. Takes seconds. Faults: register.diskFull, register.readOnly, register.inUse (it is
   * held).
   */
  rebuild(): Result<void>
  /**
   * Holds the file as it is now, with every act until now in it, for a copy or a check beside the acts: what is written
   * meanwhile stays in the log. Faults: register.inUse (it is held already, or a reading is under way), those of SQLite.
   */
  hold(): Result<HeldFile>
  close(): void
}

export interface OpenOptions {
  readonly file: string
  /** Raw 32 bytes. */
  readonly key: Uint8Array
  /** ISO instant, kept beside the migrations applied. */
  readonly now: string
  /** An addon built for this runtime, where the prebuilt one does not serve. */
  readonly binding?: string
  /** Another set of steps, for the tests of migrations. */
  readonly migrations?: readonly Migration[]
}

/** `PRAGMA synchronous`: every commit is fsynced before the agent hears of it. */
const full = 2
/** Pages of the log at which SQLite brings them into the file: its own default. */
const usualCheckpoint = 1000
/** The prebuilt addon needs Node-API 10 and crashes the process below it; a build of our own needs 9. */
const neededNapi = { prebuilt: 10, built: 9 } as const

/**
 * Opens the encrypted register for this process alone, creating it when absent, and brings it to the newest shape, after
 * a copy of it as it was (`copiesBeforeUpdate`).
 * Faults: register.corrupt (damaged, or another key), register.newer, register.inUse, register.diskFull,
 * register.diskFailing,
 * register.readOnly, internal (the runtime cannot load the addon).
 */
export function openStore(options: OpenOptions): Result<Store> {
  if (options.key.byteLength !== 32) throw new RangeError('the key of the register has 32 bytes')
  const unfit = unfitRuntime(options.binding)
  if (unfit !== undefined) return err(unfit)
  let db: Database.Database | undefined
  try {
    db = connect(options)
    const before = shapeChanges(db, (options.migrations ?? migrations).length)
    if (before !== undefined) {
      // A file that is open is not copied: whoever closes one more opening of it would give up the lock.
      db.close()
      keepBeforeUpdate(options.file, before, options.now)
      db = connect(options)
    }
    const migrated = migrate(db, options.migrations ?? migrations, options.now)
    if (!migrated.ok) {
      db.close()
      return migrated
    }
    return ok(storeOver(db, options))
  } catch (cause) {
    db?.close()
    const fault = sqliteFault(cause)
    if (fault === undefined) throw cause
    return err(fault)
  }
}

/** What this runtime lacks to load the addon, which would end the process; nothing when it may be loaded. */
export const unfitRuntime = (binding: string | undefined): Fault | undefined => {
  const napi = Number(process.versions['napi'] ?? 0)
  const needed = binding === undefined ? neededNapi.prebuilt : neededNapi.built
  return napi < needed
    ? faultOf('internal', `Node-API ${String(napi)}, the register needs ${String(needed)}`)
    : undefined
}

/**
 * The connection alone, without a look at its shape. Throws what SQLite says.
 * @param keepsJournal the file stays as it is, also one that is not in WAL mode yet
 */
export const connect = (options: OpenOptions, keepsJournal = false): Database.Database => {
  // Made here first, so that only its owner may read it, in whatever folder it lies; the log beside it takes the same
  // mode.
  closeSync(openSync(options.file, 'a', 0o600))
  // Loaded here, after the guard above: on an older runtime loading it ends the process.
  const Sqlite = createRequire(import.meta.url)('better-sqlite3') as typeof Database
  const db = new Sqlite(options.file, {
    timeout: 250,
    ...(options.binding === undefined ? {} : { nativeBinding: options.binding }),
  })
  try {
    db.pragma(`cipher = 'sqlcipher'`)
    db.pragma(`key = "x'${Buffer.from(options.key).toString('hex')}'"`)
    // Held until the process ends, however it ends: no second writer, no stale lock file.
    db.pragma('locking_mode = EXCLUSIVE')
    if (!keepsJournal) db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    // What a query or VACUUM spills would lie in a file in clear: the cipher covers the register and its log only.
    db.pragma('temp_store = MEMORY')
    // Freed pages are zeroed: what was wiped is gone from the file too.
    db.pragma('secure_delete = ON')
    db.exec('BEGIN IMMEDIATE; COMMIT')
    // The addon is compiled with NORMAL as the default in WAL mode, at every open.
    if (db.pragma('synchronous', { simple: true }) !== full)
      throw new Error('the register is not durable: synchronous is not FULL')
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

/**
 * The store over an open connection.
 * @param dataDir where its files lie: beside it, but for a copy
 */
export const storeOver = (db: Database.Database, { file, key }: OpenOptions, dataDir = dirname(file)): Store => {
  const files = openFileFolder(filesFolder(dataDir), key)
  const beside = besideSqlite(file, key)
  const handle = createHandle(db, (cause) => {
    const fault = sqliteFault(cause)
    // On a register with an unreadable page no act is built: what is sound in it stays readable.
    if (fault?.code === 'register.corrupt') reasons.add(fault)
  })
  const simple = (pragma: string): unknown => db.pragma(pragma, { simple: true })
  const write = createTx(db, handle)
  const reasons = createReadOnlyReasons()
  const checks: (() => Fault | undefined)[] = []
  const refusal = (): Fault | undefined => {
    for (const check of checks) {
      const fault = check()
      if (fault !== undefined) return fault
    }
    return undefined
  }
  let held = false
  const checkpoint = (): void => {
    if (held) return
    try {
      db.pragma('wal_checkpoint(TRUNCATE)')
    } catch (cause) {
      // A full disk: the log stays as it is, and nothing is lost.
      if (sqliteFault(cause) === undefined) throw cause
    }
  }
  return {
    db: handle,
    files,
    tx: (act) => {
      const refused = reasons.first() ?? refusal()
      return refused === undefined ? write(act) : err(refused)
    },
    guard: (to) => {
      checks.push(to)
    },
    upkeep: write,
    setReadOnly: (fault) => {
      reasons.add(fault)
    },
    endReadOnly: (...codes) => {
      reasons.end(codes)
    },
    readOnlyReason: () => reasons.first(),
    // A name of `tables`: a pragma takes no parameter.
    check: (table) =>
      db
        .prepare<[], { quick_check: string }>(`PRAGMA quick_check${table === undefined ? '' : `("${table}")`}`)
        .all()
        .map((row) => row.quick_check)
        .filter((line) => line !== 'ok'),
    isLong: (table, rows) => db.prepare(`SELECT 1 FROM "${table}" LIMIT 1 OFFSET ?`).pluck().get(rows) !== undefined,
    stepOver: (table, after, rows) => {
      try {
        const step = db.prepare<[number, number], { last: number | null }>(
          `SELECT max(rowid) AS last FROM (SELECT rowid FROM "${table}" NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT ?)`,
        )
        return ok(step.get(after, rows)?.last ?? undefined)
      } catch (cause) {
        const fault = sqliteFault(cause)
        if (fault === undefined) throw cause
        return err(fault)
      }
    },
    tables: () =>
      handle
        .all<{ name: string }>(
          `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
        )
        .map((row) => row.name),
    facts: () => ({
      sqlite: String(db.prepare('SELECT sqlite_version()').pluck().get()),
      cipher: String(simple('cipher')),
      synchronous: Number(simple('synchronous')),
      shape: Number(simple('user_version')),
      bytes: Number(simple('page_count')) * Number(simple('page_size')),
      freeBytes: Number(simple('freelist_count')) * Number(simple('page_size')),
    }),
    checkpoint,
    rebuild: () => {
      if (held) return err(faultOf('register.inUse', 'it is being copied or checked'))
      try {
        db.exec('VACUUM')
        checkpoint()
        return ok(undefined)
      } catch (cause) {
        const fault = sqliteFault(cause)
        if (fault === undefined) throw cause
        return err(fault)
      }
    },
    hold: () => {
      if (held) return err(faultOf('register.inUse', 'it is being copied or checked'))
      try {
        const [done] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
        if (done?.busy !== 0) return err(faultOf('register.inUse', 'something is being read'))
        db.pragma('wal_autocheckpoint = 0')
        held = true
        return ok(
          beside.hold(() => {
            if (!held) return
            held = false
            if (db.open) db.pragma(`wal_autocheckpoint = ${String(usualCheckpoint)}`)
          }),
        )
      } catch (cause) {
        // The driver refuses any statement while rows are being read.
        const fault =
          cause instanceof TypeError ? faultOf('register.inUse', 'something is being read') : sqliteFault(cause)
        if (fault === undefined) throw cause
        return err(fault)
      }
    },
    close: () => {
      db.close()
      beside.close()
    },
  }
}
