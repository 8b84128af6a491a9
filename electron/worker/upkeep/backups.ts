import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { journalHead } from '../journal/rows/journalRows.ts'
import { openStore, type OpenOptions, type Store } from '../store/open.ts'

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
export function listBackups(dataDir: string): readonly Backup[] {
  const folder = backupFolder(dataDir)
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

/**
 * Copies the register, durably, and drops the copies that are past their time. Faults: register.diskFull (also when the
 * copy would
 * leave less than `reserve` bytes), register.readOnly.
 * @param free bytes that the disk has left
 */
export function makeBackup(
  store: Store,
  dataDir: string,
  now: Date,
  { free, reserve }: { readonly free: number; readonly reserve: number },
): Result<Backup> {
  const folder = backupFolder(dataDir)
  const file = join(folder, `register-${stampOf(now)}.db`)
  const fresh = `${file}.new`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const left of readdirSync(folder).filter((name) => name.endsWith('.new'))) rmSync(join(folder, left))
    if (free - store.facts().bytes < reserve) return err(faultOf('register.diskFull', 'no room for a backup'))
    const old = process.umask(0o077)
    const copied = store.copyTo(fresh)
    process.umask(old)
    if (!copied.ok) return copied
    syncFile(fresh)
    renameSync(fresh, file)
  } catch (cause) {
    return err(faultOf('register.readOnly', cause instanceof Error && 'code' in cause ? String(cause.code) : 'backups'))
  }
  const all = listBackups(dataDir)
  const kept = keptBackups(all.map((one) => one.at))
  for (const one of all) if (!kept.has(one.at)) rmSync(one.file, { force: true })
  const made = all.find((one) => one.file === file)
  return made === undefined ? err(faultOf('register.readOnly', 'the backup is not there')) : ok(made)
}

/** Removes the copies made before an instant (UTC), unless there is no newer one to fall back on; returns how many. */
export function dropBackups(dataDir: string, before: string): number {
  const [newest, ...older] = listBackups(dataDir)
  const past = newest === undefined || newest.at < before ? [] : older.filter((one) => one.at < before)
  for (const one of past) rmSync(one.file, { force: true })
  return past.length
}

/**
 * Puts a copy in the place of the register: the copy is opened and checked first, what was in its place is set aside in
 * a folder
 * that bears the time, never deleted. An older copy is in quarantine afterwards. Faults: file.unreadable, those of
 * `openStore`.
 * @returns where the register that was replaced lies now, if there was one, and how many links the copy holds
 */
export function restoreBackup(
  file: string,
  options: Omit<OpenOptions, 'migrations'>,
  now: Date,
): Result<{ setAside: string | undefined; links: number }> {
  if (existsSync(options.file)) {
    const present = openStore(options)
    if (present.ok) present.value.close()
    else if (present.fault.code === 'register.inUse') return present
  }
  const fresh = `${options.file}.restored`
  try {
    copyFileSync(file, fresh)
  } catch (cause) {
    return err(faultOf('file.unreadable', cause instanceof Error && 'code' in cause ? String(cause.code) : 'backup'))
  }
  const checked = checkCopy({ ...options, file: fresh })
  if (!checked.ok) {
    rmSync(fresh, { force: true })
    return checked
  }
  const setAside = setRegisterAside(options.file, now)
  renameSync(fresh, options.file)
  return ok({ setAside, links: checked.value })
}

const checkCopy = (options: OpenOptions): Result<number> => {
  const opened = openStore(options)
  if (!opened.ok) return opened
  try {
    const wrong = opened.value.check()
    return wrong.length === 0 ? ok(journalHead(opened.value.db)?.seq ?? 0) : err(faultOf('register.corrupt', wrong[0]))
  } finally {
    opened.value.close()
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
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  for (const suffix of ['-wal', '-shm', ''])
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, join(aside, `register.db${suffix}`))
  // They stay in their place too: whatever comes next is measured by them.
  for (const mark of ['high-water.a', 'high-water.b'])
    if (existsSync(join(dirname(file), mark))) copyFileSync(join(dirname(file), mark), join(aside, mark))
  return aside
}

const syncFile = (path: string): void => {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
