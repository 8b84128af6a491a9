import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sha256Hex } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { aCommand, queueCommand, sha256Of } from '#tests/builders/commands.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { dropAttachment, keepAttachment } from '../../files/rows/attachments.ts'
import type { Store } from '../../store/open.ts'

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

const bytes = new TextEncoder().encode('%PDF-1.7 pièce')
const sha256 = sha256Hex.parse(createHash('sha256').update(bytes).digest('hex'))
/** An act that names a file, as a deposit does and a repair that repeats it. */
const queued = (seq: number, file: string): void => {
  const { data } = aCommand(seq)
  const said = { ...data, attachments: [{ sha256: file, mime: 'application/pdf', size: bytes.byteLength }] }
  valueOf(
    store.tx((db) => {
      queueCommand(db, aCommand(seq, { data: said, sha256: sha256Of(said) }))
      return ok(undefined)
    }),
  )
}
const named = () => store.db.all<{ seq: number; sha256: string }>('SELECT seq, sha256 FROM act_files ORDER BY seq')
const waiting = () => store.db.all<{ sha256: string }>('SELECT sha256 FROM uploads')

test('an act names the files that are held; one that was erased meanwhile is waited for by nobody', () => {
  valueOf(
    store.tx((db) => {
      valueOf(
        keepAttachment(db, store.files, { sha256, mime: 'application/pdf', bytes, at: '2026-11-21T09:00:00.000Z' }),
      )
      return ok(undefined)
    }),
  )
  queued(1, sha256)
  expect(named()).toEqual([{ seq: 1, sha256 }])
  expect(waiting()).toEqual([{ sha256 }])
  valueOf(
    store.tx((db) => {
      dropAttachment(db, store.files, sha256)
      return ok(undefined)
    }),
  )
  // A cancellation of the act repeats what it said.
  queued(2, sha256)
  expect(named()).toEqual([{ seq: 1, sha256 }])
  expect(waiting()).toEqual([])
})
