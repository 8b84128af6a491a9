import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { paperKinds } from '#shared/contract/papers.ts'
import { ok } from '#shared/result.ts'
import { aPaper, paperIdOf, printed, printIdOf, triedKinds } from '#tests/builders/papers.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { WriteHandle } from '../../store/handle.ts'
import type { Store } from '../../store/open.ts'
import type { SpoolState } from '../spool/ports.ts'
import { makePaper } from './papers.ts'
import {
  markUnfinishedUnknown,
  findPrintJob,
  lastCopy,
  openPapers,
  queuePrint,
  recentPrintJobs,
  saveSpoolChange,
  unfinishedJobs,
} from './printJobs.ts'

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
const write = <T>(act: (db: WriteHandle) => T): T => valueOf(store.tx((db) => ok(act(db))))
const at = (minute: number): string => new Date(Date.UTC(2026, 10, 21, 9, minute)).toISOString()
const become = (n: number, state: SpoolState, minute = 30): boolean =>
  write((db) => saveSpoolChange(db, printIdOf(n), { state, printer: 'B', reasons: [], message: '', at: at(minute) }))

test('papers wait in the order in which they were queued, whatever their kind', () => {
  let n = 0
  fc.assert(
    fc.property(
      fc.array(fc.record({ kind: fc.constantFrom(...triedKinds), minute: fc.nat(59) }), {
        minLength: 1,
        maxLength: 12,
      }),
      (wanted) => {
        const first = n
        const queued = wanted.map(({ kind, minute }) => ({ id: printIdOf((n += 1)), n, kind, at: at(minute) }))
        write((db) => {
          for (const one of queued) printed(db, one.kind, one.n, one.at)
        })
        const oldestFirst = [...queued].sort((a, b) => (a.at === b.at ? a.n - b.n : a.at < b.at ? -1 : 1))
        expect(unfinishedJobs(store.db).map((job) => job.printJobId)).toEqual(oldestFirst.map((one) => one.id))
        const newest = recentPrintJobs(store.db, 500).filter((job) => job.endedAt === undefined)
        expect(newest.map((job) => job.printJobId)).toEqual(oldestFirst.map((one) => one.id).reverse())
        for (let ended = first + 1; ended <= n; ended += 1) become(ended, 'printed')
        expect(unfinishedJobs(store.db)).toEqual([])
      },
    ),
    { numRuns: 40 },
  )
})

test.each(triedKinds)('a job of a %s has the medium and the title of its kind', (kind) => {
  write((db) => {
    printed(db, kind, 1, at(0))
    makePaper(db, { ...aPaper(kind, 2), subject: 's1', rank: 1, replaces: paperIdOf(1) })
    queuePrint(db, { id: printIdOf(2), paperId: paperIdOf(2), at: at(1) })
  })
  const { medium, title } = paperKinds[kind]
  expect(unfinishedJobs(store.db).map((job) => [job.medium, job.title])).toEqual([
    [medium, title({ number: 'n1', rank: 0 })],
    [medium, title({ number: 'n2', rank: 1 })],
  ])
  expect(findPrintJob(store.db, printIdOf(2))).toEqual({
    printJobId: printIdOf(2),
    paperId: paperIdOf(2),
    kind,
    number: 'n2',
    rank: 1,
    copy: 0,
    medium,
    printer: '',
    state: 'queued',
    reasons: [],
    message: '',
    queuedAt: at(1),
  })
})

test('every copy has the next number; what a duplicata says of itself is kept with it', () => {
  const mark = { copy: 2, at: at(2), by: 'AG-014', reason: 'perdu' }
  write((db) => {
    printed(db, 'receipt', 1, at(0))
    queuePrint(db, { id: printIdOf(2), paperId: paperIdOf(1), at: at(1) })
    queuePrint(db, { id: printIdOf(3), paperId: paperIdOf(1), mark, at: at(2) })
  })
  expect(recentPrintJobs(store.db, 2).map((job) => job.copy)).toEqual([2, 1])
  expect(unfinishedJobs(store.db).map((job) => job.mark)).toEqual([undefined, undefined, mark])
  expect([lastCopy(store.db, paperIdOf(1)), lastCopy(store.db, paperIdOf(9))]).toEqual([2, 0])
  // A job of a paper that is not there is none.
  write((db) => {
    queuePrint(db, { id: printIdOf(4), paperId: paperIdOf(9), at: at(3) })
  })
  expect(findPrintJob(store.db, printIdOf(4))).toBeUndefined()
})

test('a step is written with its printer, and an end with its instant; the id at the spooler stays', () => {
  write((db) => {
    printed(db, 'closing', 1, at(0))
    saveSpoolChange(db, printIdOf(1), {
      state: 'sent',
      printer: 'B',
      spoolerJob: 'B-7',
      reasons: [],
      message: '',
      at: at(1),
    })
  })
  expect(unfinishedJobs(store.db)).toMatchObject([{ state: 'sent', spoolerJob: 'B-7', printer: 'B' }])
  write((db) =>
    saveSpoolChange(db, printIdOf(1), {
      state: 'blocked',
      printer: 'B',
      reasons: ['media-empty'],
      message: 'm',
      at: at(2),
    }),
  )
  expect(unfinishedJobs(store.db)).toMatchObject([{ state: 'blocked', spoolerJob: 'B-7', reasons: ['media-empty'] }])
  expect(findPrintJob(store.db, printIdOf(1))?.endedAt).toBeUndefined()
  expect([become(1, 'failed', 3), become(9, 'failed', 3)]).toEqual([true, false])
  expect(findPrintJob(store.db, printIdOf(1))).toMatchObject({ state: 'failed', endedAt: at(3) })
})

test('what has not come out is counted for the day, of every kind; submitting is shown as waiting', () => {
  write((db) => {
    for (const [index, kind] of triedKinds.entries()) printed(db, kind, index + 1, at(index))
  })
  expect(openPapers(store.db)).toBe(triedKinds.length)
  become(1, 'submitting')
  expect(findPrintJob(store.db, printIdOf(1))?.state).toBe('queued')
  become(1, 'printed')
  become(2, 'unknown')
  become(3, 'failed')
  expect(openPapers(store.db)).toBe(triedKinds.length - 2)
})

test('on the way out of quarantine everything that waits becomes a question, and nothing that ended changes', () => {
  write((db) => {
    for (const [index, kind] of triedKinds.entries()) printed(db, kind, index + 1, at(index))
  })
  become(1, 'printed')
  write((db) => {
    markUnfinishedUnknown(db, at(40))
  })
  const states = recentPrintJobs(store.db, 9).map((job) => [job.state, job.reasons, job.endedAt])
  expect(states.at(-1)).toEqual(['printed', [], at(30)])
  expect(states.slice(0, -1)).toEqual(triedKinds.slice(1).map(() => ['unknown', ['interrupted'], at(40)]))
  expect(unfinishedJobs(store.db)).toEqual([])
})
