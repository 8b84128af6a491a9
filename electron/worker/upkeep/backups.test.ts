import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Sha256 } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { dropAttachment, keepAttachment } from '../files/rows/attachments.ts'
import type { Store } from '../store/open.ts'
import { dropBackups, keptBackups, keptDays, keptHours, listBackups, makeBackup, restoreBackup } from './backups.ts'
import { findSetting, saveSetting } from '../store/settings.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})

const roomy = { free: 1e12, reserve: 0 }
const at = (text: string): Date => new Date(text)
const file = (): string => join(folder.path, 'register.db')
const options = (): Parameters<typeof restoreBackup>[1] => ({
  file: file(),
  key: testKey,
  now: '2026-11-21T12:00:00.000Z',
})

test('a copy is encrypted, private, and the register of its time when it is put back', async () => {
  const store = openTestStore(folder.path)
  const write = (text: string): void => {
    valueOf(store.tx((db) => ok(saveSetting(db, 'note', text))))
  }
  write('Zineb El Khattabi')
  const backup = valueOf(await makeBackup(store, folder.path, at('2026-11-21T09:00:00Z'), roomy))
  write('later')
  store.close()
  expect(readFileSync(backup.file).includes('Zineb')).toBe(false)
  expect(statSync(backup.file).mode & 0o077).toBe(0)

  const { setAside } = valueOf(restoreBackup(backup.file, options(), at('2026-11-21T12:00:00Z')))
  expect(existsSync(setAside ?? '')).toBe(true)
  const restored = openTestStore(folder.path)
  expect(restored.check()).toEqual([])
  expect(restored.facts().synchronous).toBe(2)
  expect(findSetting(restored.db, 'note', z.string())).toBe('Zineb El Khattabi')
  restored.close()
})

test('a damaged copy is not put back, and the register stays in its place', async () => {
  const store = openTestStore(folder.path)
  const backup = valueOf(await makeBackup(store, folder.path, at('2026-11-21T09:00:00Z'), roomy))
  const bytes = readFileSync(backup.file)
  bytes[5000] = (bytes[5000] ?? 0) ^ 1
  writeFileSync(backup.file, bytes)
  expect(restoreBackup(backup.file, options(), at('2026-11-21T12:00:00Z'))).toMatchObject({
    ok: false,
    fault: { code: 'register.inUse' },
  })
  store.close()
  expect(restoreBackup(backup.file, options(), at('2026-11-21T12:00:00Z'))).toMatchObject({
    ok: false,
    fault: { code: 'register.corrupt' },
  })
  openTestStore(folder.path).close()
})

test('a disk without room keeps what it has', async () => {
  const store = openTestStore(folder.path)
  expect(await makeBackup(store, folder.path, at('2026-11-21T09:00:00Z'), { free: 1000, reserve: 0 })).toMatchObject({
    ok: false,
    fault: { code: 'register.diskFull' },
  })
  expect(listBackups(folder.path)).toEqual([])
  store.close()
})

test('the newest of each hour and of each day are kept, never more than their number', () => {
  const instants = fc
    .array(fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-31T00:00:00Z'), noInvalidDate: true }), {
      minLength: 1,
      maxLength: 200,
    })
    .map((dates) => [...new Set(dates.map((date) => `${date.toISOString().slice(0, 19)}Z`))].sort().reverse())
  fc.assert(
    fc.property(instants, (all) => {
      const kept = keptBackups(all)
      expect(kept.size).toBeLessThanOrEqual(keptHours + keptDays)
      expect(kept.has(all[0] ?? '')).toBe(true)
      const days = [...new Set(all.map((one) => one.slice(0, 10)))].slice(0, keptDays)
      for (const day of days) expect(kept.has(all.find((one) => one.startsWith(day)) ?? '')).toBe(true)
    }),
  )
})

describe('files', () => {
  const kept = (store: Store, text: string): Sha256 => {
    const bytes = Buffer.from(text.repeat(1000))
    const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256
    valueOf(
      store.tx((db) =>
        keepAttachment(db, store.files, { sha256, mime: 'application/pdf', bytes, at: '2026-11-21T09:00:00.000Z' }),
      ),
    )
    return sha256
  }
  const drop = (store: Store, sha256: string): void => {
    valueOf(
      store.tx((db) => {
        dropAttachment(db, store.files, sha256)
        return ok(undefined)
      }),
    )
  }
  const inCopies = (): number => {
    const shared = join(folder.path, 'backups', 'files')
    return existsSync(shared) ? readdirSync(shared).flatMap((part) => readdirSync(join(shared, part))).length : 0
  }

  test('are copied once, whatever number of copies names them, and come back with each', async () => {
    const store = openTestStore(folder.path)
    const all = ['one', 'two', 'three'].map((text) => kept(store, text))
    const first = valueOf(await makeBackup(store, folder.path, at('2026-11-21T09:00:00Z'), roomy))
    expect(first).toMatchObject({ files: 3, copied: 3, missing: 0 })
    const later = kept(store, 'four')
    expect(valueOf(await makeBackup(store, folder.path, at('2026-11-21T10:00:00Z'), roomy))).toMatchObject({
      files: 4,
      copied: 1,
    })
    expect(inCopies()).toBe(4)
    // Lost, damaged and swapped here since: the copy has them whole.
    const pathOf = (sha256: string): string => store.files.pathOf(store.files.nameOf(sha256))
    const [lost = '', damaged = '', swapped = ''] = all
    copyFileSync(pathOf(later), pathOf(swapped))
    store.files.remove(lost)
    truncateSync(pathOf(damaged), 100)
    store.close()
    const restored = valueOf(restoreBackup(first.file, options(), at('2026-11-21T12:00:00Z')))
    expect(restored).toMatchObject({ filesBack: 3, filesMissing: 0 })
    const again = openTestStore(folder.path)
    for (const sha256 of all) expect(again.files.check(sha256).ok).toBe(true)
    // What was set aside has the files that were there.
    expect(existsSync(join(restored.setAside ?? '', 'files'))).toBe(true)
    again.close()
  })

  test('that are not whole stop no copy, and are counted', async () => {
    const store = openTestStore(folder.path)
    const [one, two] = [kept(store, 'one'), kept(store, 'two')]
    store.files.remove(one)
    const made = valueOf(await makeBackup(store, folder.path, at('2026-11-21T09:00:00Z'), roomy))
    expect(made).toMatchObject({ files: 2, copied: 1, missing: 1 })
    store.close()
    expect(restoreBackup(made.file, options(), at('2026-11-21T12:00:00Z'))).toMatchObject({
      value: { filesBack: 0, filesMissing: 1 },
    })
    const again = openTestStore(folder.path)
    expect(again.files.check(two).ok).toBe(true)
    again.close()
  })

  test('that a copy names and the folder of the copies has lost are copied again', async () => {
    const store = openTestStore(folder.path)
    const [one, two] = [kept(store, 'one'), kept(store, 'two')]
    valueOf(await makeBackup(store, folder.path, at('2026-11-21T09:00:00Z'), roomy))
    const name = store.files.nameOf(one)
    rmSync(join(folder.path, 'backups', 'files', name.slice(0, 2), name))
    const made = valueOf(await makeBackup(store, folder.path, at('2026-11-21T10:00:00Z'), roomy))
    expect(made).toMatchObject({ files: 2, copied: 1, missing: 0 })
    const listed = readFileSync(made.file.replace(/db$/, 'files'), 'latin1').trim().split('\n')
    expect(listed.sort()).toEqual([one, two].map((sha256) => store.files.nameOf(sha256)).sort())
    store.close()
  })

  test('that are forgotten while the copy is made are none of its files', async () => {
    const store = openTestStore(folder.path)
    const all = Array.from({ length: 8 }, (_, n) => kept(store, `file ${String(n)}`))
    const making = makeBackup(store, folder.path, at('2026-11-21T09:00:00Z'), roomy)
    while (inCopies() < 1) await new Promise(setImmediate)
    for (const sha256 of all) drop(store, sha256)
    const made = valueOf(await making)
    expect(made.missing).toBe(0)
    expect(made.files).toBe(made.copied)
    expect(made.files).toBeLessThan(all.length)
    store.close()
  })

  test('go from the copies with the last copy that names them', async () => {
    const store = openTestStore(folder.path)
    const [one, two] = [kept(store, 'one'), kept(store, 'two')]
    valueOf(await makeBackup(store, folder.path, at('2026-11-21T09:00:00Z'), roomy))
    drop(store, one)
    valueOf(await makeBackup(store, folder.path, at('2026-11-23T09:00:00Z'), roomy))
    expect(inCopies()).toBe(2)
    expect(await dropBackups(folder.path, '2026-11-22T00:00:00Z')).toBe(1)
    expect(inCopies()).toBe(1)
    store.files.remove(two)
    const restored = listBackups(folder.path)[0]
    store.close()
    valueOf(restoreBackup(restored?.file ?? '', options(), at('2026-11-24T12:00:00Z')))
    const again = openTestStore(folder.path)
    expect(again.files.check(two).ok).toBe(true)
    again.close()
  })

  test('a copy that is being made keeps its files while older copies end by their term', async () => {
    const store = openTestStore(folder.path)
    const all = ['one', 'two', 'three'].map((text) => kept(store, text))
    for (const day of ['19', '20']) valueOf(await makeBackup(store, folder.path, at(`2026-11-${day}T09:00:00Z`), roomy))
    all.push(...Array.from({ length: 20 }, (_, n) => kept(store, `later ${String(n)}`)))
    const making = makeBackup(store, folder.path, at('2026-11-21T09:00:00Z'), roomy)
    while (inCopies() < 6) await new Promise(setImmediate)
    // Some of its files are there, and no list names them yet.
    const dropped = dropBackups(folder.path, '2026-11-20T00:00:00Z')
    const made = valueOf(await making)
    expect(await dropped).toBe(1)
    for (const sha256 of all) store.files.remove(sha256)
    store.close()
    expect(restoreBackup(made.file, options(), at('2026-11-21T12:00:00Z'))).toMatchObject({
      value: { filesBack: all.length, filesMissing: 0 },
    })
  })

  test('acts are taken while a copy is made, and the copy is that of its beginning', async () => {
    const store = openTestStore(folder.path)
    valueOf(
      store.tx((db) => {
        for (let n = 0; n < 3000; n += 1) saveSetting(db, `key ${String(n)}`, 'x'.repeat(500))
        return ok(undefined)
      }),
    )
    const making = makeBackup(store, folder.path, at('2026-11-21T09:00:00Z'), roomy)
    let [acts, longest] = [0, 0]
    let over = false
    void making.finally(() => (over = true))
    while (!over) {
      const began = performance.now()
      valueOf(store.tx((db) => ok(saveSetting(db, `later ${String(acts)}`, 'y'))))
      longest = Math.max(longest, performance.now() - began)
      acts += 1
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
    }
    const made = valueOf(await making)
    expect(acts).toBeGreaterThan(5)
    store.close()
    valueOf(restoreBackup(made.file, options(), at('2026-11-21T12:00:00Z')))
    const restored = openTestStore(folder.path)
    expect(restored.check()).toEqual([])
    expect(findSetting(restored.db, 'key 2999', z.string())).toBe('x'.repeat(500))
    expect(findSetting(restored.db, `later ${String(acts - 1)}`, z.string())).toBeUndefined()
    restored.close()
  })

  test('a damaged register is not copied, and a copy that is stopped leaves nothing', async () => {
    const store = openTestStore(folder.path)
    const stop = new AbortController()
    stop.abort()
    const order = { ...roomy, signal: stop.signal }
    expect(await makeBackup(store, folder.path, at('2026-11-21T09:00:00Z'), order)).toMatchObject({
      fault: { code: 'call.cancelled' },
    })
    // Pages at the end that nothing reads when a register is opened.
    valueOf(
      store.tx((db) => {
        for (let n = 0; n < 300; n += 1) saveSetting(db, `zz ${String(n)}`, 'x'.repeat(500))
        return ok(undefined)
      }),
    )
    store.close()
    const bytes = readFileSync(file())
    const place = bytes.length - 3 * 4096 + 100
    bytes[place] = (bytes[place] ?? 0) ^ 1
    writeFileSync(file(), bytes)
    const damaged = openTestStore(folder.path)
    expect(await makeBackup(damaged, folder.path, at('2026-11-21T09:00:00Z'), roomy)).toMatchObject({
      fault: { code: 'register.corrupt' },
    })
    expect(readdirSync(join(folder.path, 'backups'))).toEqual([])
    damaged.close()
  })
})
