import { rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { counterId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { createJournal, type Journal } from '../journal/journal.ts'
import { createBackground, type Background } from '../core/background.ts'
import { backupFolder, listBackups } from './backups.ts'
import { careFor, type Care } from './care.ts'
import type { Store } from '../store/open.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let journal: Journal
let care: Care
let bytes: number
let background: Background
let alone: boolean
beforeEach(() => {
  vi.useFakeTimers({
    now: new Date('2026-11-21T08:00:00Z'),
    toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'Date'],
  })
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  const clock = { now: () => new Date(), monotonic: () => 0 }
  journal = createJournal(clock, counterId.parse('RAB03-G2'), store.db)
  background = createBackground({ clock, log: () => undefined })
  bytes = 1_000_000
  alone = false
  const facts = (): ReturnType<Store['facts']> => ({ ...store.facts(), bytes })
  care = careFor({ ...store, facts }, folder.path, clock, () => alone, background)
})
afterEach(() => {
  care.close()
  store.close()
  folder.remove()
  vi.useRealTimers()
})

/** How many copies there are after so many hours, in each of which the register grew. */
async function after(hours: number): Promise<number> {
  for (let hour = 0; hour < hours; hour += 1) {
    valueOf(
      store.upkeep((db) =>
        ok(journal.append(db, { actor: 'counter', kind: 'journal.exported', subject: 'a', body: {} })),
      ),
    )
    await vi.advanceTimersByTimeAsync(3_600_000)
  }
  return listBackups(folder.path).length
}

test('an hour with acts in it has its copy, also while somebody works', async () => {
  expect(await after(5)).toBeGreaterThanOrEqual(4)
})

test('a copy that takes long waits until nobody does, and is made in the end', async () => {
  bytes = 200_000_000
  expect(await after(5)).toBe(1)
  alone = true
  expect(await after(1)).toBe(2)
  alone = false
  expect(await after(11)).toBe(2)
  expect(await after(2)).toBe(3)
})

test('a copy that cannot be made is shown as what fails in the background, and made once it can', async () => {
  const folderOfCopies = backupFolder(folder.path)
  writeFileSync(folderOfCopies, 'not a folder')
  expect(await after(1).catch(() => 'no folder')).toBe('no folder')
  expect(background.failing()).toMatchObject([{ task: 'backup', fault: { code: 'register.readOnly' } }])
  rmSync(folderOfCopies)
  expect(await after(2)).toBeGreaterThanOrEqual(1)
  expect(background.failing()).toEqual([])
})
