import { createHash } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok } from '#shared/result.ts'
import { aCommand, sha256Of } from '#tests/builders/commands.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { createPendingUploads } from '../outbox/rows/uploads.ts'
import { migrations } from '../store/migrations/all.ts'
import type { Store } from '../store/open.ts'
import { rebuildOwed } from '../store/rebuild.ts'
import { moveFilesOut, moveOneOut } from './moveOut.ts'
import { bytesOfFile, countFiles } from './rows/files.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store | undefined
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  store?.close()
  store = undefined
  folder.remove()
})

const before = migrations.findIndex((one) => one.name === 'files')
const contents = Array.from({ length: 6 }, (_, n) => Buffer.alloc(20_000 + n, `content ${String(n)} `))
const hashOf = (bytes: Uint8Array): Sha256 => createHash('sha256').update(bytes).digest('hex') as Sha256
const signal = new AbortController().signal

/** A register of the shape before, with six files: three of acts that wait, one that is stored, two of drafts. */
function oldRegister(): void {
  const old = openTestStore(folder.path, { migrations: migrations.slice(0, before) })
  valueOf(
    old.tx((db) => {
      for (const [n, bytes] of contents.entries())
        db.run('INSERT INTO attachments (sha256, mime, bytes, added_at) VALUES (?, ?, ?, ?)', [
          hashOf(bytes),
          n % 2 === 0 ? 'application/pdf' : 'image/png',
          bytes,
          `2026-11-21T09:00:0${String(n)}.000Z`,
        ])
      for (const seq of [1, 2, 3, 4]) {
        const act = aCommand(seq)
        db.run(
          'INSERT INTO outbox (seq, id, type, number, request_id, sha256, created_at) VALUES (?, ?, ?, NULL, NULL, ?, ?)',
          [seq, act.id, act.type, sha256Of(act.data), act.time],
        )
        db.run('INSERT INTO uploads (sha256, seq, url, stored_at) VALUES (?, ?, ?, ?)', [
          hashOf(contents[seq - 1] ?? Buffer.alloc(0)),
          seq,
          seq === 2 ? '/u/2' : null,
          seq === 4 ? '2026-11-21T10:00:00.000Z' : null,
        ])
      }
      return ok(undefined)
    }),
  )
  old.close()
}
const allThere = (from: Store): void => {
  for (const bytes of contents) {
    const read = valueOf(bytesOfFile(from.db, from.files, hashOf(bytes)))
    expect(Buffer.compare(read, bytes)).toBe(0)
  }
}
const staged = (from: Store): number => from.db.get<{ n: number }>('SELECT count(*) AS n FROM staged_files')?.n ?? -1
const onDisk = (from: Store): number => [...from.files.list()].length

test('files of an older register are named, and read from where they lie, before one of them moved', () => {
  oldRegister()
  store = openTestStore(folder.path)
  expect(countFiles(store.db)).toEqual({ count: 6, bytes: contents.reduce((sum, one) => sum + one.length, 0) })
  expect([staged(store), onDisk(store)]).toEqual([6, 0])
  allThere(store)
  expect(store.db.all('SELECT sha256, mime, added_at FROM attachments ORDER BY added_at')).toEqual(
    contents.map((bytes, n) => ({
      sha256: hashOf(bytes),
      mime: n % 2 === 0 ? 'application/pdf' : 'image/png',
      added_at: `2026-11-21T09:00:0${String(n)}.000Z`,
    })),
  )
  const waiting = createPendingUploads(store).waiting(10)
  expect(waiting.map((one) => one.sha256)).toEqual(contents.slice(0, 3).map(hashOf))
  expect(waiting[1]).toMatchObject({ url: '/u/2', tries: 0, size: 20_001, mime: 'image/png' })
  expect(store.check()).toEqual([])
  expect(store.db.all('PRAGMA foreign_key_check')).toEqual([])
})

test('each has the same bytes on the disk afterwards, and the register gives its pages back', async () => {
  oldRegister()
  store = openTestStore(folder.path)
  const large = store.facts().bytes
  expect(await moveFilesOut(store, signal)).toEqual(ok(6))
  expect([staged(store), onDisk(store)]).toEqual([0, 6])
  allThere(store)
  expect(store.facts().freeBytes).toBeGreaterThan(100_000)
  expect(rebuildOwed({ store })).toBe(true)
  expect(store.facts().freeBytes).toBe(0)
  expect(store.facts().bytes).toBeLessThan(large - 100_000)
  expect(await moveFilesOut(store, signal)).toEqual(ok(0))
  allThere(store)
})

test('cut off at every step it goes on at the next start, and every file is whole all the while', () => {
  for (const at of ['before the file', 'half a file', 'after the file'] as const) {
    oldRegister()
    for (let moved = 0; moved < contents.length; moved += 1) {
      const opened = openTestStore(folder.path)
      // What a power cut leaves: nothing yet, a part under its other name, or a whole file that the register holds too.
      const next = opened.db.get<{ sha256: string; bytes: Uint8Array }>('SELECT sha256, bytes FROM staged_files')
      if (next === undefined) throw new Error('nothing is left to move')
      if (at !== 'before the file') {
        valueOf(opened.files.put(next.bytes))
        const path = opened.files.pathOf(opened.files.nameOf(next.sha256))
        if (at === 'half a file') {
          rmSync(path)
          writeFileSync(`${path}.new`, next.bytes.subarray(0, 100))
        }
      }
      opened.close()
      const again = openTestStore(folder.path)
      allThere(again)
      expect(staged(again)).toBe(contents.length - moved)
      expect(moveOneOut(again)).toMatchObject(ok({ out: true }))
      allThere(again)
      again.close()
    }
    const last = openTestStore(folder.path)
    expect([staged(last), onDisk(last)]).toEqual([0, contents.length])
    expect(last.check()).toEqual([])
    last.close()
    folder.remove()
    folder = temporaryFolder()
  }
})

test('what cannot be written stays in the register and is read from there', async () => {
  oldRegister()
  store = openTestStore(folder.path)
  const full = { ...store, files: { ...store.files, put: () => err(faultOf('register.diskFull', 'ENOSPC')) } }
  expect(await moveFilesOut(full, signal)).toMatchObject({ fault: { code: 'register.diskFull' } })
  expect([staged(store), onDisk(store)]).toEqual([6, 0])
  allThere(store)
  const stopped = new AbortController()
  stopped.abort()
  expect(await moveFilesOut(store, stopped.signal)).toEqual(ok(0))
})

test('one whose bytes are not those of its hash stays where it is, and stops none after it', async () => {
  oldRegister()
  store = openTestStore(folder.path)
  const [bad] = contents.map(hashOf)
  valueOf(store.tx((db) => ok(db.run(`UPDATE staged_files SET bytes = x'00' WHERE sha256 = ?`, [bad ?? '']))))
  expect(await moveFilesOut(store, signal)).toEqual(ok(5))
  expect([staged(store), onDisk(store)]).toEqual([1, 5])
  expect(await moveFilesOut(store, signal)).toEqual(ok(0))
})
