import { afterEach, beforeEach, expect, test } from 'vitest'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { anOrder, issuingOver } from '#tests/builders/deposits.ts'
import { printed, printIdOf } from '#tests/builders/papers.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Context } from '../core/context.ts'
import type { Store } from '../store/open.ts'
import { printAgain } from './printAgain.ts'
import { findPrintJob, saveSpoolChange, unfinishedJobs } from './rows/printJobs.ts'
import type { SpoolState } from './spool/ports.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let context: Context
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  context = issuingOver(store).context
})
afterEach(() => {
  store.close()
  folder.remove()
})
const { who } = anOrder()
const at = '2026-11-21T09:00:00.000Z'
const jobIn = (state: SpoolState): void => {
  valueOf(
    store.tx((db) => {
      printed(db, 'receipt', 1, at)
      saveSpoolChange(db, printIdOf(1), {
        state,
        printer: 'B',
        spoolerJob: '17',
        reasons: ['aborted-by-system'],
        message: 'm',
        at,
      })
      return ok(undefined)
    }),
  )
}
const again = () => printAgain(context, who, { printJobId: printIdOf(1) })
const links = (): number =>
  store.db.all(`SELECT seq FROM journal WHERE kind = 'print.resent' AND actor = 'AG-014'`).length

test('a paper that never came out waits once more as the original that it is, in the name of whoever asked', () => {
  jobIn('failed')
  const job = valueOf(again())
  expect(job).toMatchObject({ state: 'queued', copy: 0, printer: '', reasons: [], message: '' })
  expect(job.endedAt).toBeUndefined()
  expect(unfinishedJobs(store.db)).toMatchObject([{ printJobId: printIdOf(1), state: 'queued' }])
  expect(unfinishedJobs(store.db)[0]).not.toHaveProperty('spoolerJob')
  expect(links()).toBe(1)
  // Asked twice, it waits once.
  expect(valueOf(again())).toEqual(job)
  expect(links()).toBe(1)
})

test.each<SpoolState>(['printed', 'unknown'])('of a paper that is %s nothing is sent again', (state) => {
  jobIn(state)
  expect(again()).toEqual(err(faultOf('print.cameOut')))
  expect(findPrintJob(store.db, printIdOf(1))?.state).toBe(state)
  expect(links()).toBe(0)
})

test.each<SpoolState>(['queued', 'sent', 'printing', 'blocked'])('one that is %s goes on as it is', (state) => {
  jobIn(state)
  expect(valueOf(again()).state).toBe(state)
  expect(links()).toBe(0)
})
