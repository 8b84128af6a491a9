import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { counterId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { createJournal, type Journal } from '../journal/journal.ts'
import { listBackups } from './backups.ts'
import { careFor, type Care } from './care.ts'
import type { Store } from '../store/open.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let journal: Journal
let care: Care
let bytes: number
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
  bytes = 1_000_000
  alone = false
  const facts = (): ReturnType<Store['facts']> => ({ ...store.facts(), bytes })
  care = careFor({ ...store, facts }, folder.path, clock, () => alone)
})
afterEach(() => {
  care.close()
  store.close()
  folder.remove()
  vi.useRealTimers()
})

/** How many copies there are after so many hours, in each of which the register grew. */
function after(hours: number): number {
  for (let hour = 0; hour < hours; hour += 1) {
    valueOf(
      store.upkeep((db) =>
        ok(journal.append(db, { actor: 'counter', kind: 'journal.exported', subject: 'a', body: {} })),
      ),
    )
    vi.advanceTimersByTime(3_600_000)
  }
  return listBackups(folder.path).length
}

test('an hour with acts in it has its copy, also while somebody works', () => {
  expect(after(5)).toBeGreaterThanOrEqual(4)
})

test('a copy that takes long waits until nobody does, and is made in the end', () => {
  bytes = 200_000_000
  expect(after(5)).toBe(1)
  alone = true
  expect(after(1)).toBe(2)
  alone = false
  expect(after(11)).toBe(2)
  expect(after(2)).toBe(3)
})
