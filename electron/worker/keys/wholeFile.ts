import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { faultOf, type FaultCode } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** The system's own code of what went wrong with a file. */
export const osCode = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'

/** What an error of the file system means for the register. */
const fileFault = (cause: unknown): FaultCode =>
  osCode(cause) === 'ENOSPC' || osCode(cause) === 'EDQUOT' ? 'register.diskFull' : 'register.readOnly'

/**
 * Writes a small file so that a power cut leaves the old content or the new one, never a part; only its owner may read
 * it.
 * Faults: register.diskFull, register.readOnly.
 */
export function writeWhole(path: string, content: string | Uint8Array): Result<void> {
  const fresh = `${path}.new`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const file = openSync(fresh, 'w', 0o600)
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
    return err(faultOf(fileFault(cause), osCode(cause)))
  }
}

/** The content of a file, nothing when there is none. Fault: register.readOnly. */
export function readWhole(path: string): Result<string | undefined> {
  try {
    return ok(readFileSync(path, 'utf8'))
  } catch (cause) {
    return osCode(cause) === 'ENOENT' ? ok(undefined) : err(faultOf('register.readOnly', osCode(cause)))
  }
}

/** Makes a name in a folder last through a power cut. */
export const syncFolder = (path: string): void => {
  // Windows cannot open a folder; its rename is durable without it.
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
