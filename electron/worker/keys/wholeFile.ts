import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { faultOf, type Fault, type FaultCode } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** The system's own code of what went wrong with a file. */
export const osCode = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'

/** The disk is full; the files are another account's; anything else: it cannot be written. */
const codeOf = (code: string): FaultCode => {
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'register.diskFull'
  return code === 'EACCES' || code === 'EPERM' ? 'register.otherAccount' : 'register.readOnly'
}

/** What an error of the file system means for the register. */
export const fileFault = (cause: unknown): Fault => faultOf(codeOf(osCode(cause)), osCode(cause))

/**
 * Writes a small file so that a power cut leaves the old content or the new one, never a part; only its owner may read
 * it.
 * Faults: register.diskFull, register.otherAccount, register.readOnly.
 */
export function writeWhole(path: string, content: string | Uint8Array): Result<void> {
  const fresh = `${path}.new`
  try {
    makeFolder(dirname(path))
    // What lies there may be a link to somewhere else, or a file that another account has open.
    rmSync(fresh, { force: true })
    const file = openSync(fresh, 'wx', 0o600)
    try {
      writeFileSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(fresh, path)
    syncFolder(dirname(path))
    return ok(undefined)
  } catch (cause) {
    removeQuietly(fresh)
    return err(fileFault(cause))
  }
}

/** Takes away what was begun: on a disk that only reads it was not begun either. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // What went wrong before is told already.
  }
}

/** The content of a file, nothing when there is none. Faults: register.otherAccount, register.readOnly. */
export function readWhole(path: string): Result<string | undefined> {
  try {
    return ok(readFileSync(path, 'utf8'))
  } catch (cause) {
    return osCode(cause) === 'ENOENT' ? ok(undefined) : err(fileFault(cause))
  }
}

/** A share or a file system in user space may know no sync of a folder: it names files in its own way. */
const noFolderSync = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])

/** Makes a name in a folder last through a power cut, where the file system can. */
export const syncFolder = (path: string, sync: (folder: number) => void = fsyncSync): void => {
  // Windows cannot open a folder; its rename is durable without it.
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    sync(folder)
  } catch (cause) {
    if (!noFolderSync.has(osCode(cause))) throw cause
  } finally {
    closeSync(folder)
  }
}

/** No path of ours has more folders inside each other. */
const deepest = 64

/**
 * Makes a folder with those above it that are missing, for its owner alone. Each is tried once: where the system says
 * for ever that the folder above is missing, as it does under /proc, the recursive one of Node never ends.
 * @throws the error of the system
 */
export function makeFolder(path: string, levels: number = deepest): void {
  const made = tryFolder(path)
  if (made === undefined) return
  if (osCode(made) !== 'ENOENT' || levels === 0 || dirname(path) === path) throw made
  makeFolder(dirname(path), levels - 1)
  const again = tryFolder(path)
  if (again !== undefined) throw again
}

const tryFolder = (path: string): Error | undefined => {
  try {
    mkdirSync(path, { mode: 0o700 })
    return undefined
  } catch (cause) {
    // Some systems say of a folder that is there that it may not be made.
    if (isFolder(path)) return undefined
    return cause instanceof Error ? cause : new Error('mkdir')
  }
}
const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
