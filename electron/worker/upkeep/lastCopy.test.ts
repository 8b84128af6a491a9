import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import type { Store } from '../store/open.ts'
import { pageCheck, pageSize } from '../store/pages.ts'
import { saveSetting } from '../store/settings.ts'
import { makeBackup } from './backups.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
})
afterEach(() => {
  store.close()
  folder.remove()
})

const file = (): string => join(folder.path, 'register.db')
const copies = (): string => join(folder.path, 'backups')
const write = (from: number, count: number, length: number): void => {
  valueOf(
    store.tx((db) => {
      for (let n = from; n < from + count; n += 1) saveSetting(db, `key ${String(n)}`, 'x'.repeat(length))
      return ok(undefined)
    }),
  )
}
const wipe = (from: number, count: number): void => {
  valueOf(
    store.tx((db) => {
      for (let n = from; n < from + count; n += 1) db.run('DELETE FROM settings WHERE key = ?', [`key ${String(n)}`])
      return ok(undefined)
    }),
  )
}
const copyAt = (at: string) => makeBackup(store, folder.path, new Date(at), { free: 1e12, reserve: 0 })
const damage = (path: string, page: number): void => {
  const bytes = readFileSync(path)
  const at = page * pageSize + 100
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

test('whatever was written, wiped or rebuilt since, the next copy is the register byte for byte, every page whole', async () => {
  const place = fc.record({ from: fc.nat(400), count: fc.integer({ min: 1, max: 200 }) })
  const step = fc.oneof(
    fc.record({ does: fc.constant('write' as const), at: place, length: fc.integer({ min: 1, max: 3_000 }) }),
    fc.record({ does: fc.constant('wipe' as const), at: place }),
    fc.record({ does: fc.constant('rebuild' as const) }),
    fc.record({ does: fc.constant('nothing' as const) }),
  )
  let minute = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      for (const one of steps) {
        if (one.does === 'write') write(one.at.from, one.at.count, one.length)
        if (one.does === 'wipe') wipe(one.at.from, one.at.count)
        if (one.does === 'rebuild') valueOf(store.rebuild())
      }
      minute += 1
      const made = valueOf(await copyAt(new Date(Date.UTC(2026, 10, 21, 9, minute)).toISOString()))
      const bytes = readFileSync(made.file)
      expect(bytes.equals(readFileSync(file()))).toBe(true)
      const whole = pageCheck(testKey, bytes)
      for (let at = 0; at < bytes.length; at += pageSize)
        expect(whole(bytes.subarray(at, at + pageSize), at / pageSize + 1)).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test('a page that was damaged since the last copy stops the next one, which leaves nothing', async () => {
  write(0, 1000, 500)
  const first = valueOf(await copyAt('2026-11-21T09:00:00Z'))
  damage(file(), 60)
  expect(await copyAt('2026-11-21T10:00:00Z')).toMatchObject({ fault: { code: 'register.corrupt', detail: 'page 61' } })
  expect(readdirSync(copies()).filter((name) => name.includes('.db'))).toEqual([first.file.split('/').at(-1)])
})

test('a last copy that is damaged, cut or gone is no measure: the next one is whole', async () => {
  write(0, 1000, 500)
  const bad: ((path: string) => void)[] = [
    (path) => {
      damage(path, 60)
    },
    (path) => {
      writeFileSync(path, readFileSync(path).subarray(0, 60 * pageSize + 100))
    },
    (path) => {
      writeFileSync(path, '')
    },
  ]
  for (const [hour, spoil] of bad.entries()) {
    spoil(valueOf(await copyAt(`2026-11-21T0${String(hour)}:00:00Z`)).file)
    const next = valueOf(await copyAt(`2026-11-21T0${String(hour)}:30:00Z`))
    expect(readFileSync(next.file).equals(readFileSync(file()))).toBe(true)
  }
})

test('damage that a copy shares is found by the first copy of the next day, and where the copy was put there by hand', async () => {
  write(0, 1000, 500)
  const first = valueOf(await copyAt('2026-11-21T09:00:00Z'))
  damage(file(), 60)
  damage(first.file, 60)
  expect(await copyAt('2026-11-22T09:00:00Z')).toMatchObject({ fault: { code: 'register.corrupt', detail: 'page 61' } })
  writeFileSync(join(copies(), 'register-2026-11-22T08-00-00Z.db'), readFileSync(file()))
  expect(await copyAt('2026-11-22T09:30:00Z')).toMatchObject({ fault: { code: 'register.corrupt', detail: 'page 61' } })
})
