import { chmodSync, constants, copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { createOneAtATime } from '../core/oneAtATime.ts'
import { journalHead } from '../journal/rows/journalRows.ts'
import { registerFile } from '../keys/openKey.ts'
import { makeFolder, osCode, syncFolder } from '../keys/wholeFile.ts'
import { dropBeforeUpdate } from '../store/beforeUpdate.ts'
import type { HeldFile, SoundBytes } from '../store/heldFile.ts'
import { openStore, type OpenOptions, type Store } from '../store/open.ts'
import {
  bringFilesBack,
  copyFiles,
  listOf,
  planFiles,
  pruneFiles,
  setFilesAside,
  type CopiedFiles,
  type FilesToCopy,
} from './backupFiles.ts'
import { openLastCopy, rememberCopy } from './lastCopy.ts'

/** A copy of the register under the same key. `at` is a UTC instant to the second. */
export interface Backup {
  readonly file: string
  readonly at: string
  readonly bytes: number
}

/** The newest copy of each of so many hours, and of so many days. */
export const keptHours = 24
export const keptDays = 14

const backupName = /^register-(\d{4}-\d{2}-\d{2}T\d{2})-(\d{2})-(\d{2})Z\.db$/
const stampOf = (at: Date): string => at.toISOString().slice(0, 19).replace(/:/g, '-') + 'Z'
const instantOf = (name: string): string | undefined => {
  const [, hour, minutes, seconds] = backupName.exec(name) ?? []
  return hour === undefined ? undefined : `${hour}:${minutes ?? ''}:${seconds ?? ''}Z`
}

/** The folder of the copies inside a data folder. */
export const backupFolder = (dataDir: string): string => join(dataDir, 'backups')

/** The copies of a data folder, newest first. */
export const listBackups = (dataDir: string): readonly Backup[] => copiesIn(backupFolder(dataDir))

/** The copies in a folder of copies, newest first: that of a data folder, or a second one. */
export function copiesIn(folder: string): readonly Backup[] {
  const names = existsSync(folder) ? readdirSync(folder) : []
  const found = names.flatMap((name) => {
    const at = instantOf(name)
    return at === undefined ? [] : [{ file: join(folder, name), at, bytes: statSync(join(folder, name)).size }]
  })
  return found.sort((one, other) => (one.at < other.at ? 1 : -1))
}

/**
 * Which of these instants (UTC, newest first) are kept: the newest of each of the last hours and days that have one.
 */
export function keptBackups(instants: readonly string[]): ReadonlySet<string> {
  const newestOf = (length: number, count: number): readonly string[] =>
    instants.filter((at, index) => at.slice(0, length) !== instants[index - 1]?.slice(0, length)).slice(0, count)
  return new Set([...newestOf('2026-11-21T09'.length, keptHours), ...newestOf('2026-11-21'.length, keptDays)])
}

/** How a copy is made: the room that there is, and the end of the wish for it. */
export interface BackupOrder {
  /** Bytes that the disk has left, and how many of them must stay. */
  readonly free: number
  readonly reserve: number
  readonly signal?: AbortSignal
}

/**
 * Copies the register and the files that no copy has yet, durably and beside the acts, checks every page on the way (what
 * equals the last copy of the day was checked with it), and drops the copies that are past their time. Faults: register.diskFull (also when the copy would leave less than
 * `reserve` bytes), register.readOnly, register.corrupt (a damaged register is not copied), register.inUse, call.cancelled.
 */
export const makeBackup = (
  store: Store,
  dataDir: string,
  now: Date,
  order: BackupOrder,
): Promise<Result<Backup & CopiedFiles>> => inTurn(backupFolder(dataDir), () => copyNow(store, dataDir, now, order))

/**
 * What copies and what removes old copies come one after the other: the files of a copy that is being made are in no
 * list yet, and would be taken for those of a copy that is gone.
 */
const inTurn = createOneAtATime()

const copyNow = async (
  store: Store,
  dataDir: string,
  now: Date,
  { free, reserve, signal = new AbortController().signal }: BackupOrder,
): Promise<Result<Backup & CopiedFiles>> => {
  const folder = backupFolder(dataDir)
  const file = join(folder, `register-${stampOf(now)}.db`)
  const fresh = `${file}.new`
  // The files are looked up while the register is held: they are those that it names at that moment.
  const writeHeld = async (held: HeldFile): Promise<Result<FilesToCopy>> => {
    const files = await planFiles(store, folder)
    if (free - held.size - files.bytes < reserve) return err(faultOf('register.diskFull', 'no room for a backup'))
    const last = await openLastCopy(folder, now)
    const written = await writeCopy(held, fresh, last.sound, signal).finally(last.close)
    return written.ok ? ok(files) : written
  }
  try {
    makeFolder(folder)
    for (const left of readdirSync(folder).filter((name) => name.endsWith('.new'))) rmSync(join(folder, left))
    const held = store.hold()
    if (!held.ok) return held
    const planned = await writeHeld(held.value).finally(() => {
      held.value.release()
    })
    const files = planned.ok ? await copyFiles(store, file, planned.value, signal) : planned
    if (!files.ok) {
      rmSync(fresh, { force: true })
      rmSync(listOf(file), { force: true })
      return files
    }
    renameSync(fresh, file)
    syncFolder(folder)
    rememberCopy(folder, file, now)
    const all = listBackups(dataDir)
    const kept = keptBackups(all.map((one) => one.at))
    const past = all.filter((one) => !kept.has(one.at))
    for (const one of past) rmSync(one.file, { force: true })
    if (past.length > 0) await pruneFiles(folder)
    const made = all.find((one) => one.file === file)
    return made === undefined
      ? err(faultOf('register.readOnly', 'the backup is not there'))
      : ok({ ...made, ...files.value })
  } catch (cause) {
    if (existsSync(fresh)) rmSync(fresh, { force: true })
    return err(copyFault(cause))
  }
}

const copyFault = (cause: unknown): Fault => {
  const code = osCode(cause)
  return faultOf(code === 'ENOSPC' || code === 'EDQUOT' ? 'register.diskFull' : 'register.readOnly', code)
}

const writeCopy = async (
  held: HeldFile,
  fresh: string,
  sound: SoundBytes,
  signal: AbortSignal,
): Promise<Result<void>> => {
  const copy = await open(fresh, 'wx', 0o600)
  try {
    const written = await held.each(
      async (piece) => {
        await copy.writeFile(piece)
        return ok(undefined)
      },
      signal,
      sound,
    )
    if (written.ok) await copy.sync()
    return written
  } finally {
    await copy.close()
  }
}

/**
 * Removes the copies made before an instant (UTC), unless there is no newer one to fall back on, and the files that only
 * they had; returns how many.
 */
export const dropBackups = (dataDir: string, before: string): Promise<number> =>
  inTurn(backupFolder(dataDir), () => dropNow(dataDir, before))

const dropNow = async (dataDir: string, before: string): Promise<number> => {
  dropBeforeUpdate(registerFile(dataDir), before)
  const [newest, ...older] = listBackups(dataDir)
  const past = newest === undefined || newest.at < before ? [] : older.filter((one) => one.at < before)
  for (const one of past) rmSync(one.file, { force: true })
  if (past.length > 0) await pruneFiles(backupFolder(dataDir))
  return past.length
}

/** What a copy brought back: the links of its journal, and its files with those that neither place has whole. */
export interface Restored {
  readonly links: number
  readonly filesBack: number
  readonly filesMissing: number
}

/**
 * Puts a copy in the place of the register, with its files: the copy is opened and checked first, what was in its place
 * is set aside in a folder that bears the time, never deleted. An older copy is in quarantine afterwards.
 * Faults: file.unreadable, those of `openStore` and of `put`.
 * @returns where the register that was replaced lies now, if there was one, and what came back
 */
export function restoreBackup(
  file: string,
  options: Omit<OpenOptions, 'migrations'>,
  now: Date,
): Result<Restored & { setAside: string | undefined }> {
  if (existsSync(options.file)) {
    const present = openStore(options)
    if (present.ok) present.value.close()
    else if (present.fault.code === 'register.inUse') return present
  }
  const fresh = `${options.file}.restored`
  try {
    // A copy that came from a stick may be anybody's to read; the register, and the log beside it, are not.
    rmSync(fresh, { force: true })
    copyFileSync(file, fresh, constants.COPYFILE_EXCL)
    chmodSync(fresh, 0o600)
  } catch (cause) {
    return err(faultOf('file.unreadable', cause instanceof Error && 'code' in cause ? String(cause.code) : 'backup'))
  }
  const checked = checkCopy({ ...options, file: fresh }, file)
  if (!checked.ok) {
    rmSync(fresh, { force: true })
    return checked
  }
  const setAside = setRegisterAside(options.file, now)
  renameSync(fresh, options.file)
  return ok({ setAside, ...checked.value })
}

/** The files come first: they are whole before a register is in its place that names them. */
const checkCopy = (options: OpenOptions, from: string): Result<Restored> => {
  const opened = openStore(options)
  if (!opened.ok) return opened
  const store = opened.value
  try {
    const [wrong] = store.check()
    if (wrong !== undefined) return err(faultOf('register.corrupt', wrong))
    const files = bringFilesBack(store, from, options.key)
    if (!files.ok) return files
    const { back, missing } = files.value
    return ok({ links: journalHead(store.db)?.seq ?? 0, filesBack: back, filesMissing: missing })
  } finally {
    store.close()
  }
}

/** Registers that were taken out of use lie in here, each in a folder of its own. */
const asideFolder = (file: string, now: Date): string => join(dirname(file), 'set-aside', stampOf(now))

/**
 * Moves the register and its log, whole, into a folder that bears the time, never deletes them; returns it, nothing
 * when there was none.
 */
export function setRegisterAside(file: string, now: Date): string | undefined {
  if (!existsSync(file)) return undefined
  const aside = asideFolder(file, now)
  makeFolder(aside)
  for (const suffix of ['-wal', '-shm', ''])
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, join(aside, `register.db${suffix}`))
  setFilesAside(dirname(file), aside)
  // They stay in their place too: whatever comes next is measured by them.
  for (const mark of ['high-water.a', 'high-water.b'])
    if (existsSync(join(dirname(file), mark))) copyFileSync(join(dirname(file), mark), join(aside, mark))
  return aside
}
