import { writeFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { saveSetting } from './settings.ts'

test('a page that turns out unreadable at a later row bars the register, like one that is met at the first', () => {
  const folder = temporaryFolder()
  const store = openTestStore(folder.path)
  valueOf(
    store.tx((db) => {
      for (let n = 0; n < 2000; n += 1) saveSetting(db, `key ${String(n)}`, 'x'.repeat(200))
      return ok(undefined)
    }),
  )
  store.close()
  const file = join(folder.path, 'register.db')
  const bytes = readFileSync(file)
  // The last pages are those of the rows that were added last.
  for (let page = Math.floor(bytes.length / 4096) - 20; page * 4096 < bytes.length; page += 1)
    bytes[page * 4096 + 2000] = (bytes[page * 4096 + 2000] ?? 0) ^ 1
  writeFileSync(file, bytes)
  const damaged = openTestStore(folder.path)
  let read = 0
  expect(() => {
    for (const _row of damaged.db.each('SELECT value FROM settings NOT INDEXED')) read += 1
  }).toThrow()
  expect(read).toBeGreaterThan(0)
  expect(damaged.readOnlyReason()).toMatchObject({ code: 'register.corrupt' })
  damaged.close()
  folder.remove()
})

test('a walk that stops early leaves the register free to write', () => {
  const folder = temporaryFolder()
  const store = openTestStore(folder.path)
  for (const row of store.db.each<{ name: string }>('SELECT name FROM sqlite_schema')) {
    expect(row.name).not.toBe('')
    break
  }
  valueOf(store.tx((db) => ok(saveSetting(db, 'note', 'x'))))
  store.close()
  folder.remove()
})
