import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Database } from './database.ts'

/** The files of acts by their content: an act may be there long before its files are. */
export interface Files {
  /** Keeps bytes whose hash is the name they bear; false when it is another. */
  put(counter: string, sha256: string, bytes: Uint8Array): Promise<boolean>
  /** Takes over a file that lies on this disk already. */
  adopt(counter: string, sha256: string, path: string): Promise<boolean>
  /** `pending` until the bytes are there; nothing for a file that no act named. */
  state(counter: string, sha256: string): Promise<'pending' | 'stored' | undefined>
}

/** Files in a folder, named by their hash; what is known of them is in the database. */
export function openFiles(database: Database, folder: string): Files {
  const place = async (counter: string, sha256: string): Promise<string> => {
    await mkdir(join(folder, counter), { recursive: true })
    return join(folder, counter, sha256)
  }
  const note = (counter: string, sha256: string, size: number): Promise<unknown> =>
    database.query(
      `INSERT INTO attachment (counter_id, sha256, size, stored_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (counter_id, sha256) DO UPDATE SET size = excluded.size, stored_at = excluded.stored_at`,
      [counter, sha256, size, new Date()],
    )
  const adopt: Files['adopt'] = async (counter, sha256, path) => {
    const digest = createHash('sha256')
    let size = 0
    await pipeline(createReadStream(path), async (parts: AsyncIterable<Buffer>) => {
      for await (const part of parts) {
        size += part.byteLength
        digest.update(part)
      }
    })
    if (digest.digest('hex') !== sha256) return false
    await rename(path, await place(counter, sha256))
    await note(counter, sha256, size)
    return true
  }
  return {
    adopt,
    put: async (counter, sha256, bytes) => {
      const path = `${await place(counter, sha256)}.new`
      await writeFile(path, bytes)
      return adopt(counter, sha256, path)
    },
    state: async (counter, sha256) => {
      const [row] = await database.query<{ stored_at: Date | null }>(
        'SELECT stored_at FROM attachment WHERE counter_id = $1 AND sha256 = $2',
        [counter, sha256],
      )
      return row && (row.stored_at === null ? 'pending' : 'stored')
    },
  }
}
