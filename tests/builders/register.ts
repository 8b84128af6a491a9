import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type OpenOptions, type Store } from '#electron/worker/store/open.ts'

/** A key for tests. */
export const testKey = new Uint8Array(32).fill(0x5a)

/** A folder that is gone after `remove`. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'guichet-'))
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true })
    },
  }
}

/** The value of a result that must be a success. */
export function valueOf<T>(result: { ok: true; value: T } | { ok: false; fault: unknown }): T {
  if (!result.ok) throw new Error(`a fault: ${JSON.stringify(result.fault)}`)
  return result.value
}

/** An empty register on disk. */
export const openTestStore = (folder: string, options: Partial<OpenOptions> = {}): Store =>
  valueOf(openStore({ file: join(folder, 'register.db'), key: testKey, now: '2026-11-21T09:00:00.000Z', ...options }))
