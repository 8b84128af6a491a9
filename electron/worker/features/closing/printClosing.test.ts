import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { counterId, type CommandId, type PrintJobId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { anOrder, issuingOver } from '#tests/builders/deposits.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { makeCounterKey, readCounterKey } from '../../keys/counterKey.ts'
import { readFacts } from '../../papers/rows/papers.ts'
import { openPapers, unfinishedJobs } from '../../papers/rows/printJobs.ts'
import type { Store } from '../../store/open.ts'
import { issueReceipt } from '../intake/issueReceipt.ts'
import { closeDay } from './closeDay.ts'
import { printClosing } from './printClosing.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let issuing: Issuing
const day = '2026-11-21'
const counter = counterId.parse('RAB03-G2')
const { who } = anOrder()
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  issuing = issuingOver(store)
  valueOf(
    store.tx((db) => {
      makeCounterKey(db, counter, '2026-11-21T08:00:00.000Z')
      return ok(undefined)
    }),
  )
})
afterEach(() => {
  store.close()
  folder.remove()
})
const close = (commandId = v7() as CommandId) =>
  valueOf(closeDay(issuing.context, readCounterKey(store.db, counter), who, { commandId, day }))

test('a closing is a paper under its own id, on A4, and every further copy says the same without a mark', () => {
  valueOf(issueReceipt(issuing, anOrder()))
  const closingId = close().closing?.closingId ?? ''
  const again = () => printClosing(issuing.context, who, { closingId, printJobId: v7() as PrintJobId })
  expect([valueOf(again()), valueOf(again())]).toMatchObject([
    { paperId: closingId, kind: 'closing', number: day, rank: 0, copy: 1, medium: 'a4', state: 'queued' },
    { copy: 2 },
  ])
  const closings = unfinishedJobs(store.db).filter((job) => job.medium === 'a4')
  expect(closings.map((job) => [job.title, job.mark])).toEqual(
    Array.from({ length: 3 }, () => [`Clôture ${day}`, undefined]),
  )
  const { facts, office } = valueOf(readFacts(store.db, 'closing', closings[0]?.paperId ?? ('' as never))).facts
  expect([facts.figures.day, facts.figures.amounts.issued, office.fr]).toEqual([day, 1, 'Accueil'])
})

test('papers of closings that wait are among those that are open when the day is closed again', () => {
  valueOf(issueReceipt(issuing, anOrder()))
  const closed = close()
  expect(closed.figures.open.papers).toBe(1)
  expect(openPapers(store.db)).toBe(2)
})

test('a day that nobody closed has no paper', () => {
  expect(printClosing(issuing.context, who, { closingId: v7(), printJobId: v7() as PrintJobId })).toMatchObject({
    fault: { code: 'day.notClosed' },
  })
})
