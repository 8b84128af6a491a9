import { afterEach, beforeEach, expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { issuingOver } from '#tests/builders/deposits.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { openNextSeries } from '../store/quarantine.ts'
import type { Store } from '../store/open.ts'
import { takeRank } from './rows/series.ts'
import { takeLabels } from './takeLabels.ts'

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
const at = (instant: string) => {
  const { context } = issuingOver(store, { now: () => new Date(instant), monotonic: () => 0 })
  return (count: number) => valueOf(takeLabels(context, count))
}

test('labels go on where the last ones ended, and none comes twice', () => {
  const take = at('2026-11-21T09:00:00.000Z')
  expect(take(2)).toEqual(['2026/RAB03-G2/L-000001', '2026/RAB03-G2/L-000002'])
  expect(take(1)).toEqual(['2026/RAB03-G2/L-000003'])
  valueOf(store.tx((db) => ok(openNextSeries(db))))
  expect(take(1)).toEqual(['2026/RAB03-G2/L-000004-S2'])
})

test('they begin anew with the year of the legal time, an hour before that of Greenwich', () => {
  expect(at('2026-12-31T22:59:00.000Z')(1)).toEqual(['2026/RAB03-G2/L-000001'])
  expect(at('2026-12-31T23:01:00.000Z')(1)).toEqual(['2027/RAB03-G2/L-000001'])
})

test('they take no number of a register', () => {
  const { context } = issuingOver(store)
  valueOf(takeLabels(context, 5))
  expect(valueOf(store.tx((db) => ok(takeRank(db, context.counter, 'arrivals', 2026))))).toBe(1)
})
