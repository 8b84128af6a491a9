import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from './register.ts'
import { devicesWith, paperTrail, startWorker, type TestWorker } from './worker.ts'

/**
 * One counter for all tests of a file, in which the digests of what was asked can end, as they do with the personal part
 * of an act; gone after them.
 * @param use is handed the worker, and the next one after each start
 * @returns `withoutDigests` ends them, and starts the counter again with nobody signed in
 */
export function forgettingCounter(use: (worker: TestWorker) => void): { withoutDigests: () => Promise<void> } {
  let folder: ReturnType<typeof temporaryFolder>
  let worker: TestWorker
  const start = (): void => {
    worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))))
    use(worker)
  }
  beforeAll(() => {
    folder = temporaryFolder()
    start()
  })
  afterAll(async () => {
    await worker.close()
    folder.remove()
  })
  return {
    withoutDigests: async () => {
      await worker.close()
      const store = openTestStore(folder.path)
      valueOf(store.tx((db) => ok(db.run('UPDATE outbox SET asked = NULL'))))
      store.close()
      start()
    },
  }
}
