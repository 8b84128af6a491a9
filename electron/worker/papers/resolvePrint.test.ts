import { afterEach, beforeEach, expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import { anOrder, issuingOver } from '#tests/builders/deposits.ts'
import { printed, printIdOf, triedKinds, type TriedKind } from '#tests/builders/papers.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Context } from '../core/context.ts'
import type { Store } from '../store/open.ts'
import { resolvePrint } from './resolvePrint.ts'
import { findPrintJob, saveSpoolChange } from './rows/printJobs.ts'
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
const jobIn = (kind: TriedKind, state: SpoolState): void => {
  valueOf(
    store.tx((db) => {
      printed(db, kind, 1, at)
      saveSpoolChange(db, printIdOf(1), { state, printer: 'B', reasons: ['interrupted'], message: 'm', at })
      return ok(undefined)
    }),
  )
}
const resolved = (cameOut: boolean) => resolvePrint(context, who, { printJobId: printIdOf(1), cameOut })
const links = (): number =>
  store.db.all(`SELECT seq FROM journal WHERE kind = 'print.resolved' AND actor = 'AG-014'`).length

test.each(triedKinds)('whoever looked says what became of a %s, in his name', (kind) => {
  jobIn(kind, 'unknown')
  const job = valueOf(resolved(true))
  expect(job).toMatchObject({ state: 'printed', printer: 'B', reasons: ['interrupted'] })
  expect(findPrintJob(store.db, printIdOf(1))).toEqual(job)
  expect(links()).toBe(1)
  // Said once: a second answer changes nothing.
  expect(valueOf(resolved(false)).state).toBe('printed')
  expect(links()).toBe(1)
})

test('paper that stayed in has failed', () => {
  jobIn('receipt', 'unknown')
  expect(valueOf(resolved(false)).state).toBe('failed')
})

test.each<SpoolState>(['queued', 'sent', 'printing', 'blocked', 'printed', 'failed'])(
  'a job that is %s is nobody’s to decide',
  (state) => {
    jobIn('closing', state)
    expect(valueOf(resolved(true)).state).toBe(state)
    expect(links()).toBe(0)
  },
)

test('a job that is not there is none', () => {
  expect(resolved(true)).toMatchObject({ ok: false })
  expect(links()).toBe(0)
})
