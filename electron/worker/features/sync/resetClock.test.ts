import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, sheetsOf, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { newestOfKind } from '../../journal/rows/journalRows.ts'

vi.setConfig({ testTimeout: 60_000 })

let folder: ReturnType<typeof temporaryFolder>
let worker: TestWorker
const start = Date.parse('2026-11-29T09:00:00Z')
let wall = start
const clock = { now: () => new Date(wall), monotonic: () => wall - start }
const year = 365 * 86_400_000
/** A new process: its monotonic clock knows nothing of the one before. */
const open = (): TestWorker => {
  const begun = wall
  return (worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))), {
    clock: { now: clock.now, monotonic: () => wall - begun },
  }))
}
beforeEach(() => {
  folder = temporaryFolder()
  wall = start
})
afterEach(async () => {
  await worker.close()
  folder.remove()
})
const deposit = async () => {
  const [sheet] = await sheetsOf(worker)
  if (sheet === undefined) throw new Error('no sheet')
  const { identityId } = valueOf(
    await worker.ask('identity.type', { identity: { familyName: 'SPÉCIMEN', givenNames: 'Omar' }, reason: 'noCard' }),
  )
  const draft = {
    procedure: sheet.code,
    procedureVersion: sheet.version,
    pieces: sheet.pieces.map((piece) => ({ code: piece.code, state: 'received' as const })),
  }
  return worker.ask('receipt.issue', { commandId: v7(), identityId, draft })
}
const clockLine = async () =>
  valueOf(await worker.ask('sync.status', {})).budget.lines?.find((line) => /^clock[ABH]/.test(line.kind))?.kind

test('a refused sign-in with the clock a year ahead locks nobody out: the clock is put right and work goes on', async () => {
  await signedIn(open())
  expect(valueOf(await deposit()).number).toBe('2026/RAB03-G2/000001')
  await worker.close()
  wall += year
  open()
  expect((await worker.ask('session.signIn', { login: 'agent', password: 'wrong' })).ok).toBe(false)
  await worker.close()
  wall -= year - 60_000
  await signedIn(open())
  expect(valueOf(await deposit()).number).toBe('2026/RAB03-G2/000002')
  expect(await clockLine()).toBeUndefined()
})

test('with the date a year ahead no number of that year is given before a person confirmed it; it is said in words', async () => {
  await signedIn(open())
  valueOf(await deposit())
  await worker.close()
  // Accounts of the demonstration last longer than that.
  wall += 40 * 86_400_000
  await signedIn(open())
  expect(await clockLine()).toBe('clockAhead')
  expect(await deposit()).toMatchObject({ fault: { code: 'clock.ahead', values: { days: 40 } } })
  valueOf(await worker.ask('clock.reset', { reason: 'checked' }))
  expect(await clockLine()).toBeUndefined()
  expect(valueOf(await deposit()).number).toBe('2027/RAB03-G2/000001')
})

test('acts of a clock that stood ahead: an agent waits for a supervisor once, and never again', async () => {
  await signedIn(open())
  wall += 10 * 86_400_000
  valueOf(await deposit())
  wall -= 10 * 86_400_000
  await worker.close()
  await signedIn(open())
  expect(await clockLine()).toBe('clockBehind')
  expect(await deposit()).toMatchObject({ fault: { code: 'clock.behind' } })
  expect(await worker.ask('clock.reset', { reason: 'wasAhead' })).toMatchObject({
    fault: { code: 'session.forbidden' },
  })
  await signedIn(worker, 'supervisor')
  valueOf(await worker.ask('clock.reset', { reason: 'wasAhead' }))
  await signedIn(worker, 'agent')
  valueOf(await deposit())
  await worker.close()
  await signedIn(open())
  valueOf(await deposit())
  expect(await clockLine()).toBeUndefined()
  await worker.close()
  const store = openTestStore(folder.path)
  const link = newestOfKind(store.db, 'clock.reset')
  expect(link?.actor).toBe('CS-002')
  expect(JSON.parse(link?.body ?? '')).toMatchObject({ doubt: 'behind', reason: 'wasAhead', acts: 1 })
  store.close()
})

test('a clock that nobody doubts is left alone', async () => {
  await signedIn(open())
  valueOf(await worker.ask('clock.reset', { reason: 'set' }))
  await worker.close()
  const store = openTestStore(folder.path)
  expect(newestOfKind(store.db, 'clock.reset')).toBeUndefined()
  store.close()
})
