import { existsSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { counterId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { createJournal, type Journal } from '../journal/journal.ts'
import { createBackground, type Background } from '../core/background.ts'
import { countFaults } from '../files/examine.ts'
import { keepAttachment } from '../files/rows/attachments.ts'
import { backupFolder, listBackups } from './backups.ts'
import { startMaintenance, type Maintenance } from './maintenance.ts'
import type { Store } from '../store/open.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let journal: Journal
let maintenance: Maintenance
let bytes: number
let background: Background
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
  const facts = (): ReturnType<Store['facts']> => ({ ...store.facts(), bytes })
  maintenance = startMaintenance({ ...store, facts }, folder.path, clock, background)
})
afterEach(async () => {
  await maintenance.close()
  store.close()
  folder.remove()
  vi.useRealTimers()
})

/** No copy is under way: it reads and writes at its own pace, not at that of the timers. */
async function idle(): Promise<void> {
  for (;;) {
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    const held = store.hold()
    if (held.ok) held.value.release()
    const copies = backupFolder(folder.path)
    if (held.ok && !(existsSync(copies) && readdirSync(copies).some((name) => name.endsWith('.new')))) return
  }
}

/** How many copies there are after so many hours, in each of which the register grew. */
async function after(hours: number): Promise<number> {
  for (let hour = 0; hour < hours; hour += 1) {
    valueOf(
      store.upkeep((db) =>
        ok(journal.append(db, { actor: 'counter', kind: 'journal.exported', subject: 'a', body: {} })),
      ),
    )
    await vi.advanceTimersByTimeAsync(3_600_000)
    await idle()
  }
  return listBackups(folder.path).length
}

test('an hour with acts in it has its copy, also while somebody works', async () => {
  expect(await after(5)).toBeGreaterThanOrEqual(4)
})

test('a large register is copied beside the acts like any other, and acts are taken meanwhile', async () => {
  bytes = 2_000_000_000
  expect(await after(5)).toBeGreaterThanOrEqual(4)
})

test('what nothing names is removed from the files once a day, and what is not whole is told', async () => {
  const [named, gone] = ['one', 'two'].map((text) => {
    const bytes = Buffer.from(text)
    const put = valueOf(store.files.put(bytes))
    valueOf(
      store.tx((db) =>
        keepAttachment(db, store.files, {
          sha256: put.sha256,
          mime: 'application/pdf',
          bytes,
          at: '2026-11-21T08:00:00Z',
        }),
      ),
    )
    return put.sha256
  })
  const left = valueOf(store.files.put(Buffer.from('three'))).sha256
  if (named === undefined || gone === undefined) throw new Error('no files')
  store.files.remove(gone)
  const old = new Date('2026-11-01T00:00:00Z')
  for (const sha256 of [named, left]) utimesSync(store.files.pathOf(store.files.nameOf(sha256)), old, old)
  await vi.advanceTimersByTimeAsync(31 * 60_000)
  await vi.waitFor(() => {
    expect(store.files.has(left)).toBe(false)
  })
  expect(store.files.has(named)).toBe(true)
  expect(countFaults(maintenance.files()?.faults ?? [])).toEqual({ 'file.missing': 1, 'file.leftOver': 1 })
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
