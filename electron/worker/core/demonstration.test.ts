import { afterEach, beforeEach, expect, test } from 'vitest'
import { createJournal } from '../journal/journal.ts'
import { newestOfKind } from '../journal/rows/journalRows.ts'
import { readLink, writeLink } from '../outbox/rows/link.ts'
import type { Store } from '../store/open.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { ok } from '#shared/result.ts'
import { findOffice } from './context.ts'
import { counterOf, createRegister } from './createRegister.ts'
import { demonstrationIn, dropDemonstration } from './demonstration.ts'
import { readSeed } from './readSeed.ts'
import { systemClock } from './systemClock.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
const seed = valueOf(readSeed(resources))
const journal = () => createJournal(systemClock, counterOf(seed.office), store.db)
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  valueOf(createRegister(store, journal(), seed))
})
afterEach(() => {
  store.close()
  folder.remove()
})
const linked = (link: Partial<ReturnType<typeof readLink>>): void => {
  valueOf(
    store.upkeep((db) => {
      writeLink(db, { ...readLink(db), ...link })
      return ok(undefined)
    }),
  )
}

test('every secret of the shipped demonstration is known for one', () => {
  expect(demonstrationIn(store)).toEqual({
    accounts: seed.accounts.map(({ code }) => code).sort(),
    recipients: true,
    code: true,
  })
})

test('before a platform was read nothing is lost but that its feed will be read whole', () => {
  valueOf(dropDemonstration(store, journal()))
  expect(newestOfKind(store.db, 'register.demonstrationDropped')).toBeUndefined()
  linked({ cursor: 'p7.x' })
  valueOf(dropDemonstration(store, journal()))
  expect(readLink(store.db)).toEqual({ link: 'unknown', code: 'demo' })
  expect(demonstrationIn(store).recipients).toBe(true)
})

test('after a real feed keys and code go, the office stays, and it is in the journal once', () => {
  linked({ cursor: 'p7.x', referenceAt: '2026-11-29T10:00:00.000Z' })
  const before = findOffice(store)
  valueOf(dropDemonstration(store, journal()))
  expect(demonstrationIn(store)).toMatchObject({ recipients: false, code: false })
  expect(findOffice(store)).toEqual({ ...before, sealedTo: undefined })
  const told = newestOfKind(store.db, 'register.demonstrationDropped')
  expect(JSON.parse(told?.body ?? '')).toEqual({ again: true, recipients: true, code: true })
  valueOf(dropDemonstration(store, journal()))
  expect(newestOfKind(store.db, 'register.demonstrationDropped')?.seq).toBe(told?.seq)
})
