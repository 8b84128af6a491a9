import { expect, test } from 'vitest'
import { savedSearches, type SavedSearch } from '#shared/domain/mail/savedSearch.ts'
import { issuingOver } from '#tests/builders/deposits.ts'
import { aPerson } from '#tests/builders/letters.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { mailSettingsOf } from './overview.ts'
import { keepSearches } from './savedSearches.ts'

const late: SavedSearch = { name: 'En retard', words: '', period: 'all', overdue: true }
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

test('a name is needed, and twenty are enough', () => {
  expect(savedSearches.safeParse([{ ...late, name: '' }]).success).toBe(false)
  expect(savedSearches.safeParse(Array.from({ length: 20 }, () => late)).success).toBe(true)
  expect(savedSearches.safeParse(Array.from({ length: 21 }, () => late)).success).toBe(false)
})
