import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listBackups } from '#electron/worker/upkeep/backups.ts'
import { temporaryFolder } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker } from '#tests/builders/worker.ts'
import { depositAt } from '#tests/faults/damage.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
  folder.remove()
})

test('a counter at work is still looked after: the hour with acts in it has its backup', async () => {
  const worker = await signedIn(startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt')))))
  expect(await depositAt(worker)).toContain('/')
  expect(listBackups(folder.path)).toEqual([])
  vi.advanceTimersByTime(21_000)
  // It reads and writes at its own pace, beside the acts.
  await vi.waitFor(() => {
    expect(listBackups(folder.path)).toHaveLength(1)
  }, 20_000)
  vi.useRealTimers()
  await worker.close()
})
