import { afterEach, beforeEach, expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { allAccounts } from '../../core/rows/accounts.ts'
import { counterOf, createRegister } from '../../core/createRegister.ts'
import { readSeed } from '../../core/readSeed.ts'
import { systemClock } from '../../core/systemClock.ts'
import { createJournal, type Journal } from '../../journal/journal.ts'
import { journalLinks } from '../../journal/rows/journalRows.ts'
import type { Store } from '../../store/open.ts'
import { takeAccounts, type TakenAccounts } from './fedAccounts.ts'

const seed = valueOf(readSeed(resources))
const [one, other] = seed.accounts
if (one === undefined || other === undefined) throw new Error('no accounts')
let folder: ReturnType<typeof temporaryFolder>
let store: Store
let journal: Journal
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  journal = createJournal(systemClock, counterOf(seed.office), store.db)
  valueOf(createRegister(store, journal, { ...seed, accounts: [one, other] }))
})
afterEach(() => {
  store.close()
  folder.remove()
})

/** One page of the feed, in a transaction of its own. */
const page = (act: (accounts: TakenAccounts) => void): void => {
  valueOf(
    store.upkeep((db) => {
      act(takeAccounts(db, journal))
      return ok(undefined)
    }),
  )
}
const logins = () => allAccounts(store.db).map(({ login }) => login)
const told = () =>
  [...journalLinks(store.db)]
    .filter(({ kind }) => kind.startsWith('account.'))
    .map(({ kind, subject }) => [kind, subject])

test('whoever a whole feed does not name leaves, also when it was cut between its pages', () => {
  page((accounts) => {
    accounts.begin()
    accounts.take(one)
  })
  expect(logins()).toHaveLength(2)
  page((accounts) => {
    accounts.end()
  })
  expect(logins()).toEqual([one.login])
  expect(told()).toEqual([['account.withdrawn', other.code]])
})

test('a row that this version cannot read names its account all the same, a tombstone does not', () => {
  const row = (key: string, deleted: boolean) =>
    JSON.stringify({ kind: 'account', key, deleted, body: { newer: true } })
  page((accounts) => {
    accounts.begin()
    accounts.take(one)
    accounts.parked(row(other.login, false))
    accounts.end()
  })
  expect(logins()).toHaveLength(2)
  page((accounts) => {
    accounts.begin()
    accounts.take(one)
    for (const text of [row(other.login, true), '{', '"account"', 'null']) accounts.parked(text)
    accounts.end()
  })
  expect(logins()).toEqual([one.login])
})

test('a feed that names nobody, and one that goes on from a cursor, lock nobody out', () => {
  page((accounts) => {
    accounts.begin()
    accounts.end()
  })
  page((accounts) => {
    accounts.take({ ...one, name: 'Somebody' })
    accounts.end()
  })
  expect(logins()).toHaveLength(2)
  expect(told()).toEqual([['account.changed', one.code]])
})
