import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { keptBackups, keptDays, keptHours, listBackups, makeBackup, restoreBackup } from './backups.ts'
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

test('a copy is encrypted, private, and the register of its time when it is put back', () => {
  const store = openTestStore(folder.path)
  const write = (text: string): void => {
    valueOf(store.tx((db) => ok(saveSetting(db, 'note', text))))
  }
  write('Zineb El Khattabi')
  const backup = valueOf(makeBackup(store, folder.path, at('2026-11-21T09:00:00Z'), roomy))
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

test('a damaged copy is not put back, and the register stays in its place', () => {
  const store = openTestStore(folder.path)
  const backup = valueOf(makeBackup(store, folder.path, at('2026-11-21T09:00:00Z'), roomy))
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

test('a disk without room keeps what it has', () => {
  const store = openTestStore(folder.path)
  expect(makeBackup(store, folder.path, at('2026-11-21T09:00:00Z'), { free: 1000, reserve: 0 })).toMatchObject({
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
