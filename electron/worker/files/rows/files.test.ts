import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Store } from '../../store/open.ts'
import { dropAttachment, findAttachment, keepAttachment } from './attachments.ts'
import { bytesOfFile, countFiles, filesAfter, forgetFile, nameFile } from './files.ts'

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

const at = '2026-11-21T09:00:00.000Z'
const hashOf = (bytes: Uint8Array): Sha256 => createHash('sha256').update(bytes).digest('hex') as Sha256
const kept = (text: string): Sha256 => {
  const bytes = Buffer.from(text)
  valueOf(
    store.tx((db) => keepAttachment(db, store.files, { sha256: hashOf(bytes), mime: 'application/pdf', bytes, at })),
  )
  return hashOf(bytes)
}

test('an attached file is on the disk and named, once, with the type of the first time', () => {
  const sha256 = kept('one')
  expect(Buffer.from(valueOf(bytesOfFile(store.db, store.files, sha256))).toString()).toBe('one')
  expect(findAttachment(store.db, sha256)).toEqual({ mime: 'application/pdf', size: 3 })
  valueOf(
    store.tx((db) => keepAttachment(db, store.files, { sha256, mime: 'image/png', bytes: Buffer.from('one'), at })),
  )
  expect(findAttachment(store.db, sha256)?.mime).toBe('application/pdf')
  expect(countFiles(store.db)).toEqual({ count: 1, bytes: 3 })
})

test('nothing may name a file that is not on the disk', () => {
  const file = { sha256: hashOf(Buffer.from('gone')), size: 4 }
  expect(store.tx((db) => nameFile(db, store.files, file, at))).toMatchObject({ fault: { code: 'file.missing' } })
  expect(countFiles(store.db).count).toBe(0)
})

test('a dropped file goes from the disk with the commit, and stays when the transaction is undone', () => {
  const sha256 = kept('one')
  const undone = store.tx((db) => {
    dropAttachment(db, store.files, sha256)
    expect(store.files.has(sha256)).toBe(true)
    return err(faultOf('internal'))
  })
  expect(undone.ok).toBe(false)
  expect(store.files.has(sha256)).toBe(true)
  expect(findAttachment(store.db, sha256)).toBeDefined()
  expect(() =>
    store.tx((db) => {
      dropAttachment(db, store.files, sha256)
      throw new Error('in the middle')
    }),
  ).toThrow('in the middle')
  // What an undone transaction wanted gone does not go with a later one.
  valueOf(store.tx(() => ok(undefined)))
  expect(store.files.has(sha256)).toBe(true)

  valueOf(
    store.tx((db) => {
      dropAttachment(db, store.files, sha256)
      return ok(undefined)
    }),
  )
  expect([store.files.has(sha256), countFiles(store.db).count]).toEqual([false, 0])
})

test('a file that something still names stays', () => {
  const sha256 = kept('one')
  valueOf(
    store.tx((db) => {
      forgetFile(db, store.files, sha256)
      return ok(undefined)
    }),
  )
  expect([store.files.has(sha256), countFiles(store.db).count]).toEqual([true, 1])
})

test('all files are walked over in the order of their hashes, page by page', () => {
  const all = Array.from({ length: 7 }, (_, n) => kept(`file ${String(n)}`)).sort()
  const walked: string[] = []
  for (let page = filesAfter(store.db, '', 3); page.length > 0; page = filesAfter(store.db, walked.at(-1) ?? '', 3))
    walked.push(...page.map((one) => one.sha256))
  expect(walked).toEqual(all)
})
