import { expect, test } from 'vitest'
import { savedSearches, type SavedSearch } from '#shared/domain/mail/savedSearch.ts'
import { ok } from '#shared/result.ts'
import { issuingOver } from '#tests/builders/deposits.ts'
import { aPerson } from '#tests/builders/letters.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { deleteAccount, endVerifier } from '../../core/rows/accounts.ts'
import type { WriteHandle } from '../../store/handle.ts'
import { mailSettingsOf } from './overview.ts'
import { keepSearches } from './savedSearches.ts'

const late: SavedSearch = { name: 'En retard', words: '', period: 'all', due: 'late' }
const roads: SavedSearch = { name: 'الطرق', words: 'الطرق', period: 'month', service: 'TECH' }

test('each has his own searches, as he kept them last', () => {
  const folder = temporaryFolder()
  const store = openTestStore(folder.path)
  const { context } = issuingOver(store)
  const [clerk, chief] = [aPerson(), aPerson('supervisor')]
  expect(mailSettingsOf(context, clerk).searches).toEqual([])
  valueOf(keepSearches(context, clerk, [late, roads]))
  valueOf(keepSearches(context, chief, [late]))
  expect(mailSettingsOf(context, clerk).searches).toEqual([late, roads])
  valueOf(keepSearches(context, clerk, [roads]))
  expect([mailSettingsOf(context, clerk).searches, mailSettingsOf(context, chief).searches]).toEqual([[roads], [late]])
  store.close()
  folder.remove()
})

test('they end with the account, and nobody else’s do', () => {
  const folder = temporaryFolder()
  const store = openTestStore(folder.path)
  const { context } = issuingOver(store)
  const [clerk, chief] = [aPerson(), aPerson('supervisor')]
  for (const end of [
    (db: WriteHandle) => {
      deleteAccount(db, clerk.view.login)
    },
    (db: WriteHandle) => {
      endVerifier(db, { login: clerk.view.login, verifier: 'x' }, '2026-11-21T09:00:00.000Z')
    },
  ]) {
    valueOf(keepSearches(context, clerk, [late, roads]))
    valueOf(keepSearches(context, chief, [late]))
    valueOf(store.tx((db) => ok(end(db))))
    expect([mailSettingsOf(context, clerk).searches, mailSettingsOf(context, chief).searches]).toEqual([[], [late]])
  }
  store.close()
  folder.remove()
})

test('one that was kept under the word of before is found as it is called now', () => {
  const before = { name: 'En retard', words: '', period: 'all', overdue: true }
  expect(savedSearches.parse([before, roads])).toEqual([late, roads])
})

test('a name is needed, and twenty are enough', () => {
  expect(savedSearches.safeParse([{ ...late, name: '' }]).success).toBe(false)
  expect(savedSearches.safeParse(Array.from({ length: 20 }, () => late)).success).toBe(true)
  expect(savedSearches.safeParse(Array.from({ length: 21 }, () => late)).success).toBe(false)
})
