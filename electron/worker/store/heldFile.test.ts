import { execFileSync } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import type { Store } from './open.ts'
import { lockBytePage, pageCheck, pageSize } from './pages.ts'
import { saveSetting } from './settings.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
const file = (): string => join(folder.path, 'register.db')
const write = (from: number, count: number): void => {
  valueOf(
    store.tx((db) => {
      for (let n = from; n < from + count; n += 1) saveSetting(db, `key ${String(n)}`, 'x'.repeat(500))
      return ok(undefined)
    }),
  )
}
const settings = (from: Store): number => from.db.get<{ n: number }>('SELECT count(*) AS n FROM settings')?.n ?? 0
const signal = new AbortController().signal
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
})
afterEach(() => {
  store.close()
  folder.remove()
})

test('every page of a register bears its seal, and a changed bit of any page is seen', () => {
  write(0, 500)
  store.checkpoint()
  const bytes = readFileSync(file())
  const whole = pageCheck(testKey, bytes)
  const page = (number: number): Buffer => bytes.subarray((number - 1) * pageSize, number * pageSize)
  const pages = bytes.length / pageSize
  expect(pages).toBeGreaterThan(60)
  for (let number = 1; number <= pages; number += 1) {
    expect(whole(page(number), number), `page ${String(number)}`).toBe(true)
    const at = 30 + ((number * 37) % (pageSize - 30))
    page(number)[at] = (page(number)[at] ?? 0) ^ 1
    expect(whole(page(number), number), `page ${String(number)} changed at ${String(at)}`).toBe(false)
    page(number)[at] = (page(number)[at] ?? 0) ^ 1
  }
  // A page in the place of another is none either, and neither is one of another register.
  expect(whole(page(3), 4)).toBe(false)
  expect(pageCheck(new Uint8Array(32), bytes)(page(3), 3)).toBe(false)
  expect(whole(page(3).subarray(1), 3)).toBe(false)
})

test('a register beyond a gigabyte has one page that nobody writes, and it is no damage', () => {
  const whole = pageCheck(testKey, readFileSync(file()))
  const hole = Buffer.alloc(pageSize)
  expect([lockBytePage - 1, lockBytePage, lockBytePage + 1].map((number) => whole(hole, number))).toEqual([
    false,
    true,
    false,
  ])
})

test('what is held is the register of that moment, whatever is written meanwhile, and the whole of it', async () => {
  write(0, 1000)
  const before = settings(store)
  const held = valueOf(store.hold())
  expect(store.hold()).toMatchObject({ fault: { code: 'register.inUse' } })
  const copy = Buffer.alloc(held.size)
  let written = 1000
  valueOf(
    await held.each(async (piece, at) => {
      Buffer.from(piece).copy(copy, at)
      // More than the pages at which SQLite would bring its log into the file.
      write(written, 3000)
      written += 3000
      store.checkpoint()
      expect(store.rebuild()).toMatchObject({ fault: { code: 'register.inUse' } })
      return ok(undefined)
    }, signal),
  )
  held.release()
  held.release()
  expect(settings(store)).toBeGreaterThan(before + 3000)
  const log = (): number => statSync(`${file()}-wal`).size
  expect(log()).toBeGreaterThan(1_000_000)
  store.checkpoint()
  expect(log()).toBe(0)

  const other = temporaryFolder()
  writeFileSync(join(other.path, 'register.db'), copy)
  const copied = openTestStore(other.path)
  expect(copied.check()).toEqual([])
  expect(settings(copied)).toBe(before)
  copied.close()
  other.remove()
})

test('a page that is damaged, a piece that cannot be taken and a stop end it', async () => {
  write(0, 1000)
  const none = async (): Promise<ReturnType<typeof ok<void>>> => ok(undefined)
  const refused = valueOf(store.hold())
  expect(await refused.each(async () => err(faultOf('register.diskFull')), signal)).toMatchObject({
    fault: { code: 'register.diskFull' },
  })
  const stop = new AbortController()
  stop.abort()
  expect(await refused.each(none, stop.signal)).toMatchObject({ fault: { code: 'call.cancelled' } })
  refused.release()
  store.close()
  const bytes = readFileSync(file())
  bytes[40 * pageSize + 100] = (bytes[40 * pageSize + 100] ?? 0) ^ 1
  writeFileSync(file(), bytes)
  store = openTestStore(folder.path)
  const held = valueOf(store.hold())
  expect(await held.each(none, signal)).toMatchObject({ fault: { code: 'register.corrupt', detail: 'page 41' } })
  held.release()
})

test('no other process may open the register while and after it was held', async () => {
  const tryToOpen = (): string =>
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { openStore } from ${JSON.stringify(join(import.meta.dirname, 'open.ts'))}
        const opened = openStore({ file: ${JSON.stringify(file())}, key: new Uint8Array(32).fill(0x5a), now: '2026-11-21T09:00:00Z' })
        console.log(opened.ok ? 'opened' : opened.fault.code)`,
      ],
      { encoding: 'utf8' },
    ).trim()
  const held = valueOf(store.hold())
  expect(tryToOpen()).toBe('register.inUse')
  held.release()
  expect(tryToOpen()).toBe('register.inUse')
})

test('nothing is held while something is being read', () => {
  write(0, 1000)
  for (const _row of store.db.each('SELECT * FROM settings')) {
    expect(store.hold()).toMatchObject({ fault: { code: 'register.inUse' } })
    break
  }
  valueOf(store.hold()).release()
})
