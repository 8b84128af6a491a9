import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Out } from '#shared/contract/calls.ts'
import type { CounterId } from '#shared/ids.ts'
import { ok, type Result } from '#shared/result.ts'
import { verifyJournal } from '#electron/worker/journal/verify.ts'
import { journalLinks } from '#electron/worker/journal/rows/journalRows.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, sheetsOf, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'

let folder: ReturnType<typeof temporaryFolder>
let worker: TestWorker | undefined
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(async () => {
  await worker?.close()
  folder.remove()
})

const files = ['register.db', 'register.db-wal'] as const
const path = (name: string): string => join(folder.path, name)
const start = async (login = 'agent'): Promise<TestWorker> =>
  (worker = await signedIn(startWorker(folder.path, devicesWith(paperTrail(path('paper.txt')))), login))

async function deposit(at: TestWorker): Promise<Result<Out<'receipt.issue'>>> {
  const citizen = valueOf(
    await at.ask('identity.type', { identity: { familyName: 'SPÉCIMEN', givenNames: 'Omar' }, reason: 'noCard' }),
  )
  const [sheet] = await sheetsOf(at)
  if (sheet === undefined) throw new Error('no sheet')
  const draft = {
    procedure: sheet.code,
    procedureVersion: sheet.version,
    pieces: sheet.pieces.map((piece) => ({ code: piece.code, state: 'received' as const })),
  }
  return at.ask('receipt.issue', { commandId: v7(), identityId: citizen.identityId, draft })
}

/** Two deposits, a copy of the register, two more deposits, the copy put back. Returns the numbers that were given. */
async function restoredOldCopy(): Promise<readonly string[]> {
  const given: string[] = []
  for (const round of [1, 2]) {
    const at = await start()
    for (let act = 0; act < 2; act += 1) given.push(valueOf(await deposit(at)).number)
    await at.close()
    if (round === 1) for (const file of files) if (existsSync(path(file))) cpSync(path(file), path(`${file}.old`))
  }
  for (const file of files) {
    rmSync(path(file), { force: true })
    if (existsSync(path(`${file}.old`))) cpSync(path(`${file}.old`), path(file))
  }
  return given
}

test('an old copy is read, not written; the window is told', async () => {
  const given = await restoredOldCopy()
  const at = await start()
  expect(valueOf(await at.ask('app.state', {})).quarantine).toMatchObject({ code: 'register.quarantined' })
  const { deposits } = valueOf(await at.ask('home.day', {}))
  expect(deposits.map((one) => one.number).sort()).toEqual(given.slice(0, 2))
  for (const one of deposits)
    expect(valueOf(await at.ask('receipt.pdf', { receiptId: one.receiptId })).pdf.byteLength).toBeGreaterThan(1000)
  const [sheet] = await sheetsOf(at)
  const refused = { ok: false, fault: { code: 'register.quarantined' } }
  expect(await deposit(at)).toMatchObject(refused)
  expect(
    await at.ask('draft.save', {
      id: v7(),
      revision: 0,
      writer: v7(),
      draft: { procedure: sheet?.code ?? '', procedureVersion: sheet?.version ?? '', pieces: [] },
    }),
  ).toMatchObject(refused)
  expect(await at.ask('receipt.reprint', { receiptId: deposits[0]?.receiptId ?? '', reason: 'perdu' })).toMatchObject(
    refused,
  )
  expect(await at.ask('series.renew', { reason: 'copie ancienne' })).toMatchObject({
    fault: { code: 'session.forbidden' },
  })
  // Wrong tries are counted all the same.
  expect(await at.ask('session.signIn', { login: 'agent', password: 'wrong' })).toMatchObject({
    fault: { values: { left: 4 } },
  })
})

test('a supervisor opens the next series: no number twice, one chain, sound at the next start', async () => {
  const given = await restoredOldCopy()
  const at = await start('supervisor')
  expect(valueOf(await at.ask('series.renew', { reason: 'copie ancienne' }))).toEqual({ series: 2 })
  expect(at.events.findLast((event) => event.name === 'app')?.payload).not.toHaveProperty('quarantine')
  const fresh = valueOf(await deposit(at)).number
  expect(fresh).toMatch(/^2026\/RAB03-G2\/000003-S2$/)
  expect(given).not.toContain(fresh)
  await at.close()

  const again = await start()
  expect(valueOf(await again.ask('app.state', {})).quarantine).toBeUndefined()
  expect(valueOf(await deposit(again)).number).toBe('2026/RAB03-G2/000004-S2')
  await again.close()
  const store = openTestStore(folder.path)
  expect(verifyJournal('RAB03-G2' as CounterId, journalLinks(store.db)).ok).toBe(true)
  expect(
    store.db.get<{ actor: string; body: string }>(`SELECT actor, body FROM journal WHERE kind = 'series.closed'`)?.body,
  ).toContain('"reason":"copie ancienne"')
  store.close()
})

test('a quarantine outlives the marks, and paper that waited is asked about instead of printed again', async () => {
  await restoredOldCopy()
  await (await start()).close()
  for (const mark of ['high-water.a', 'high-water.b']) rmSync(path(mark))
  const at = await start('supervisor')
  expect(await deposit(at)).toMatchObject({ ok: false, fault: { code: 'register.quarantined' } })
  valueOf(await at.ask('series.renew', { reason: 'copie ancienne' }))
  const { jobs } = valueOf(await at.ask('print.list', {}))
  expect(jobs.every((job) => ['printed', 'failed', 'unknown'].includes(job.state))).toBe(true)
})

test('a copy that holds every act is old once its papers left: they are asked about, the closing of the day too', async () => {
  const noPrinter = { ...paperTrail(path('paper.txt')), list: () => Promise.resolve(ok([])) }
  const first = (worker = await signedIn(startWorker(folder.path, devicesWith(noPrinter)), 'supervisor'))
  const { number } = valueOf(await deposit(first))
  const { today } = valueOf(await first.ask('day.status', {}))
  valueOf(await first.ask('day.close', { commandId: v7(), day: today }))
  await first.close()
  for (const file of files) if (existsSync(path(file))) cpSync(path(file), path(`${file}.old`))
  const papers = (): readonly string[] =>
    existsSync(path('paper.txt')) ? readFileSync(path('paper.txt'), 'utf8').trim().split('\n') : []
  // Nobody signs in: the papers alone go on.
  const second = (worker = startWorker(folder.path, devicesWith(paperTrail(path('paper.txt')))))
  await expect.poll(papers, { timeout: 20_000 }).toEqual([number, `Clôture ${today}`])
  await second.close()
  for (const file of files) {
    rmSync(path(file), { force: true })
    if (existsSync(path(`${file}.old`))) cpSync(path(`${file}.old`), path(file))
  }

  const at = await start('supervisor')
  expect(valueOf(await at.ask('app.state', {})).quarantine).toMatchObject({ code: 'register.quarantined' })
  valueOf(await at.ask('series.renew', { reason: 'copie ancienne' }))
  expect(valueOf(await at.ask('print.list', {})).jobs.map((job) => job.state)).toEqual(['unknown', 'unknown'])
  valueOf(
    await at.ask('day.reopen', {
      commandId: v7(),
      day: today,
      reason: 'spécimen',
      second: { login: 'agent', password: 'guichet-demo' },
    }),
  )
  const after = valueOf(await deposit(at))
  await expect.poll(papers, { timeout: 20_000 }).toEqual([number, `Clôture ${today}`, after.number])
})
