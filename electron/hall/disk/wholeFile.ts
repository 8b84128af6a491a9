import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The system's own code of what went wrong with a file. */
export const osCode = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'

/**
 * Writes a small file, for its owner alone, so that a power cut leaves the old content or the new one.
 * @throws the error of the system
 */
export async function writeWhole(path: string, content: string): Promise<void> {
  const fresh = `${path}.new`
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  // What lies there may be a link to somewhere else.
  await rm(fresh, { force: true })
  const file = await open(fresh, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(fresh, path)
  await syncFolder(dirname(path))
}

/**
 * The text of a file, nothing when there is none.
 * @throws the error of the system
 */
export async function readWhole(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (osCode(cause) === 'ENOENT') return undefined
    throw cause
  }
}

/** Makes the names in a folder last through a power cut. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
