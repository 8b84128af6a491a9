import { generateKeyPairSync } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CounterId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { makeCounterKey, counterPublicKeys, readCounterKey } from '../keys/counterKey.ts'
import { journalHead, journalLinks } from './rows/journalRows.ts'
import type { Store } from '../store/open.ts'
import { anchorJournal } from './anchorJournal.ts'
import type { Context } from '../core/context.ts'
import { anchorOver, brokenAnchor } from './anchor.ts'
import { createJournal } from './journal.ts'

const counter = 'RAB03-G2' as CounterId
const clock = { now: () => new Date('2026-11-21T09:00:00Z'), monotonic: () => 0 }
let folder: ReturnType<typeof temporaryFolder>
let store: Store
let context: Context
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  context = { store, journal: createJournal(clock, counter, store.db), clock, counter, newId: () => '' }
  valueOf(store.tx((db) => ok(makeCounterKey(db, counter, '2026-11-21T09:00:00.000Z'))))
})
afterEach(() => {
  store.close()
  folder.remove()
})
const acts = (count: number): void => {
  for (let act = 0; act < count; act += 1)
    valueOf(
      store.tx((db) =>
        ok(context.journal.append(db, { actor: 'x', kind: 'attachment.added', subject: String(act), body: { act } })),
      ),
    )
}
const anchors = (): number[] =>
  [...journalLinks(store.db)].filter((link) => link.kind === 'journal.anchored').map((link) => link.seq)
const broken = (): number | undefined =>
  brokenAnchor(counter, journalLinks(store.db), counterPublicKeys(store.db, counter))

test('the counter signs every so many links, and at closing when something was added', () => {
  const key = readCounterKey(store.db, counter)
  acts(99)
  anchorJournal(context, key)
  expect(anchors()).toEqual([])
  acts(1)
  anchorJournal(context, key)
  anchorJournal(context, key)
  anchorJournal(context, key, 1)
  expect(anchors()).toEqual([101])
  acts(1)
  anchorJournal(context, key, 1)
  expect(anchors()).toEqual([101, 103])
  expect(broken()).toBeUndefined()
})

test('an anchor of another key, or over another link, does not hold', () => {
  acts(3)
  const head = journalHead(store.db)
  if (head === undefined) throw new Error('no link')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kid } = readCounterKey(store.db, counter)
  valueOf(store.tx((db) => ok(context.journal.append(db, anchorOver(counter, head, { kid, privateKey })))))
  expect(broken()).toBe(4)
})
