import { createHash } from 'node:crypto'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stationFile } from '../office/makeOffice.ts'

/** What `sun_path` takes of a name on every Unix (macOS: 104 with its end). */
const longest = 103

/**
 * Calls something with a name of the station's socket that the system takes. A folder with a long name is reached by a
 * link of this process alone, gone again at once. Windows has pipes instead, named after the folder.
 */
export async function withSocketPath<T>(dataDir: string, act: (path: string) => Promise<T>): Promise<T> {
  const path = join(dataDir, stationFile.socket)
  if (process.platform === 'win32')
    return act(`\\\\.\\pipe\\guichet-hall-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`)
  if (Buffer.byteLength(path) <= longest) return act(path)
  const folder = await mkdtemp(join(tmpdir(), 'gh-'))
  try {
    await symlink(dirname(path), join(folder, 'h'))
    return await act(join(folder, 'h', 'hall.sock'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
