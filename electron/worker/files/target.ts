import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { osCode, removeQuietly, syncFolder } from '../keys/wholeFile.ts'

const full = new Set(['ENOSPC', 'EDQUOT'])

/** What an error of the file system says of the place that a file goes to. */
export const unwritable = (cause: unknown): Result<never> => {
  const code = osCode(cause)
  return err(faultOf(full.has(code) ? 'file.noRoom' : 'file.unwritable', code))
}

const lookAt = (path: string): ReturnType<typeof lstatSync> | Fault | undefined => {
  try {
    return lstatSync(path)
  } catch (cause) {
    return osCode(cause) === 'ENOENT' ? undefined : faultOf('file.unwritable', osCode(cause))
  }
}

/**
 * Why no file may be put under a name: there is a folder, a link, a device or a pipe, which a new name would replace, or
 * the system refuses the name. Nothing where a regular file or none is. Fault: file.unwritable.
 */
export function targetFault(path: string): Fault | undefined {
  const found = lookAt(path)
  if (found === undefined) return undefined
  if ('code' in found) return found
  if (found.isFile()) return undefined
  const what = found.isDirectory() ? 'a folder' : found.isSymbolicLink() ? 'a link' : 'no regular file'
  return faultOf('file.unwritable', `there is ${what} under this name`)
}

/** A folder that files can be written into. */
export interface OutFolder {
  /**
   * Writes a whole file under its last name, for its owner alone; until then there is what was there. Faults:
   * file.unwritable, file.noRoom.
   */
  readonly write: (path: string, bytes: Uint8Array) => Result<void>
}

/**
 * Finds out before an act whether its papers can be written: makes the folder where it alone is missing, and puts a file
 * in it. Faults: file.unwritable, file.noRoom.
 */
export function prepareOut(folder: string): Result<OutFolder> {
  const write: OutFolder['write'] = (path, bytes) => {
    const odd = targetFault(path)
    if (odd !== undefined) return err(odd)
    // Not the name with an ending: a long name has no room for one, and what lies there may be a link.
    const fresh = join(dirname(path), `.${randomUUID()}.part`)
    try {
      putFile(fresh, bytes)
      renameSync(fresh, path)
      syncFolder(dirname(path))
      return ok(undefined)
    } catch (cause) {
      removeQuietly(fresh)
      return unwritable(cause)
    }
  }
  const probe = join(folder, `.${randomUUID()}.part`)
  try {
    if (statSync(folder, { throwIfNoEntry: false }) === undefined) mkdirSync(folder, { mode: 0o700 })
    putFile(probe, new Uint8Array(1))
    return ok({ write })
  } catch (cause) {
    return unwritable(cause)
  } finally {
    removeQuietly(probe)
  }
}

const putFile = (path: string, bytes: Uint8Array): void => {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeFileSync(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
