import { copyFileSync, mkdirSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Sha256 } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Store } from '../store/open.ts'
import { countFaults, examineFiles, removeLeftovers } from './examine.ts'
import { dropAttachment, keepAttachment } from './rows/attachments.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
const now = Date.parse('2026-11-21T09:00:00Z')
const day = 24 * 60 * 60_000
const { signal } = new AbortController()
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
})
afterEach(() => {
  store.close()
  folder.remove()
})

const pathOf = (sha256: string): string => store.files.pathOf(store.files.nameOf(sha256))
const kept = (text: string): Sha256 => {
  const { sha256 } = valueOf(store.files.put(Buffer.from(text)))
  valueOf(
    store.tx((db) =>
      keepAttachment(db, store.files, {
        sha256,
        mime: 'application/pdf',
        bytes: Buffer.from(text),
        at: '2026-11-21T08:00:00.000Z',
      }),
    ),
  )
  return sha256
}
const age = (path: string, ms: number): void => {
  const then = new Date(now - ms)
  utimesSync(path, then, then)
}

test('each kind of damage is found by its name, and none of it ends the look', async () => {
  const all = Array.from({ length: 8 }, (_, n) => kept(`file ${String(n)}`))
  const [missing = '', damaged = '', swapped = '', other = ''] = all
  copyFileSync(pathOf(other), pathOf(swapped))
  truncateSync(pathOf(damaged), 20)
  store.files.remove(missing)
  const left = valueOf(store.files.put(Buffer.from('left over')))
  const names = [missing, damaged, swapped, left.sha256].map((sha256) => store.files.nameOf(sha256))
  age(pathOf(left.sha256), 2 * day)
  const found = await examineFiles(store, now, signal)
  expect(found.files).toBe(8)
  expect(countFaults(found.faults)).toEqual({
    'file.missing': 1,
    'file.damaged': 1,
    'file.swapped': 1,
    'file.leftOver': 1,
  })
  expect(new Set(found.faults.map((one) => one.detail))).toEqual(new Set(names))
})

test('only what is old and named by nothing is removed', async () => {
  const named = kept('named')
  age(pathOf(named), 30 * day)
  const young = valueOf(store.files.put(Buffer.from('young')))
  age(pathOf(young.sha256), day / 2)
  const old = valueOf(store.files.put(Buffer.from('old')))
  age(pathOf(old.sha256), 2 * day)
  writeFileSync(`${pathOf(named)}.new`, 'half')
  age(`${pathOf(named)}.new`, 2 * day)
  expect(await removeLeftovers(store, now, signal)).toBe(2)
  expect([named, young.sha256, old.sha256].map((sha256) => store.files.has(sha256))).toEqual([true, true, false])
  expect([...store.files.list()]).toHaveLength(2)
  // A content that is put again is young again: an act may be about to name it.
  age(pathOf(young.sha256), 30 * day)
  valueOf(store.files.put(Buffer.from('young')))
  expect(await removeLeftovers(store, Date.now(), signal)).toBe(0)
})

test('what somebody laid into the folder of the files goes too, wherever it lies', async () => {
  const named = kept('named')
  const [own, other] = [dirname(pathOf(named)), join(store.files.folder, 'zz')]
  mkdirSync(other)
  const foreign = [join(own, 'notes.txt'), join(other, basename(pathOf(named))), join(other, 'f'.repeat(64))]
  for (const path of foreign) {
    copyFileSync(pathOf(named), path)
    age(path, 2 * day)
  }
  expect(countFaults((await examineFiles(store, now, signal)).faults)).toEqual({ 'file.leftOver': 3 })
  expect(await removeLeftovers(store, now, signal)).toBe(3)
  expect([...store.files.list()].map((one) => one.path)).toEqual([pathOf(named)])
})

test('a file that is named while the look is under way is not removed, and a stop removes nothing', async () => {
  const { sha256 } = valueOf(store.files.put(Buffer.from('one')))
  age(pathOf(sha256), 2 * day)
  const looking = removeLeftovers(store, now, signal)
  expect(kept('one')).toBe(sha256)
  await looking
  expect(store.files.check(sha256).ok).toBe(true)
  age(pathOf(sha256), 2 * day)
  valueOf(
    store.tx((db) => {
      db.run('DELETE FROM attachments')
      db.run('DELETE FROM files')
      return ok(undefined)
    }),
  )
  const stop = new AbortController()
  stop.abort()
  expect(await removeLeftovers(store, now, stop.signal)).toBe(0)
  expect(await removeLeftovers(store, now, signal)).toBe(1)
  expect(store.files.has(sha256)).toBe(false)
})

test('a file that goes while it is looked at is no fault of the look', async () => {
  const all = Array.from({ length: 5 }, (_, n) => kept(`file ${String(n)}`))
  const looking = examineFiles(store, now, signal)
  valueOf(
    store.tx((db) => {
      for (const sha256 of all) dropAttachment(db, store.files, sha256)
      return ok(undefined)
    }),
  )
  expect((await looking).faults.every((one) => one.code === 'file.missing')).toBe(true)
})
