import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { systemClock } from '../core/systemClock.ts'
import { createBackground } from '../core/background.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { startMaintenance } from './maintenance.ts'
import { diskLimits, openDisk } from './disk.ts'
import { saveSetting } from '../store/settings.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})

const mega = 1024 * 1024

test('the limits are those of a desk, and less on a small disk', () => {
  expect(diskLimits(500e9)).toEqual({ alarm: 2e9, refusal: 32 * mega, ballast: 64 * mega })
  const small = diskLimits(100 * mega)
  expect(small.ballast + small.refusal).toBeLessThan(16 * mega)
})

test('the ballast is real bytes', () => {
  const disk = openDisk(folder.path)
  disk.settle()
  expect(statSync(join(folder.path, 'ballast')).size).toBe(disk.limits.ballast)
  expect(disk.tight()).toBe(false)
})

/** Only root may mount a disk of its own. */
test.skipIf(process.getuid?.() !== 0)(
  'a full disk: acts are refused before SQLite must, what is recorded can still be written down as sent',
  async () => {
    const mount = join(folder.path, 'disk')
    mkdirSync(mount)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', mount])
    try {
      const store = openTestStore(mount)
      const maintenance = startMaintenance(
        store,
        mount,
        systemClock,
        createBackground({ clock: systemClock, log: () => undefined }),
      )
      maintenance.disk.settle()
      expect(existsSync(join(mount, 'ballast'))).toBe(true)
      const write = (text: string): boolean => store.tx((db) => ok(saveSetting(db, text.slice(0, 20), text))).ok
      let taken = 0
      while (write(`${String(taken)} `.padEnd(200_000, 'x'))) taken += 1
      expect(taken).toBeGreaterThan(10)
      expect(store.tx(() => ok(undefined))).toMatchObject({
        fault: { code: 'register.diskFull', detail: 'too little room for an act' },
      })
      expect(existsSync(join(mount, 'ballast'))).toBe(false)
      // Refused by us, not by SQLite: answers of the platform still find room, and so does the log.
      valueOf(store.upkeep((db) => ok(saveSetting(db, 'answer', 'y'.repeat(200_000)))))
      store.checkpoint()
      expect(store.check()).toEqual([])
      await maintenance.close()
      store.close()
    } finally {
      execFileSync('umount', [mount])
    }
  },
)
