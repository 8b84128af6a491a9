import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Out } from '#shared/contract/calls.ts'
import { dayClosed } from '#shared/contract/closing.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Result } from '#shared/result.ts'
import { auditJournal } from '#electron/worker/journal/audit.ts'
import { closingCode, readClosingCode } from '#electron/worker/journal/closingCode.ts'
import { counterPublicKeys } from '#electron/worker/keys/counterKey.ts'
import type { ClosingId } from '#shared/ids.ts'
import { readFacts } from '#electron/worker/papers/rows/papers.ts'
import { newestHead } from '#electron/worker/outbox/rows/heads.ts'
import { commandsFrom } from '#electron/worker/outbox/rows/outboxRows.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import type { JournalVerdict } from '#shared/contract/features/journal/calls.ts'
import { aCounter } from '#tests/builders/commands.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, sheetsOf, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { startPlatform, type RunningPlatform } from '#tests/platform/startPlatform.ts'

const counter = aCounter()
let platform: RunningPlatform
beforeAll(async () => {
  platform = await startPlatform({ log: () => undefined, operator: 'operator' })
}, 60_000)
afterAll(() => platform.close())

let folder: ReturnType<typeof temporaryFolder>
let worker: TestWorker
/** Milliseconds that the office's clock is moved by. */
let ahead = 0
const clock: Clock = {
  now: () => new Date(systemClock.now().getTime() + ahead),
  monotonic: () => systemClock.monotonic() + Math.max(0, ahead),
}
const day = 24 * 60 * 60_000

const start = async (login = 'supervisor', platformUrl?: string): Promise<TestWorker> =>
  (worker = await signedIn(
    startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))), {
      clock,
      ...(platformUrl === undefined ? {} : { platformUrl }),
    }),
    login,
  ))
beforeEach(() => {
  folder = temporaryFolder()
  ahead = 0
})
afterEach(async () => {
  await worker.close()
  folder.remove()
})

async function deposit(): Promise<Result<Out<'receipt.issue'>>> {
  const citizen = valueOf(
    await worker.ask('identity.type', { identity: { familyName: 'SPÉCIMEN', givenNames: 'Omar' }, reason: 'noCard' }),
  )
  const [sheet] = await sheetsOf(worker)
  if (sheet === undefined) throw new Error('no sheet')
  const draft = {
    procedure: sheet.code,
    procedureVersion: sheet.version,
    pieces: sheet.pieces.map((piece) => ({ code: piece.code, state: 'received' as const })),
  }
  return worker.ask('receipt.issue', { commandId: v7(), identityId: citizen.identityId, draft })
}
const status = async (of?: string): Promise<Out<'day.status'>> =>
  valueOf(await worker.ask('day.status', of === undefined ? {} : { day: of }))
const close = async (of: string, commandId = v7()): Promise<Result<Out<'day.close'>>> =>
  worker.ask('day.close', { commandId, day: of })
const reopen = async (of: string): Promise<Result<Out<'day.reopen'>>> =>
  worker.ask('day.reopen', {
    commandId: v7(),
    day: of,
    reason: 'dépôt tardif',
    second: { login: 'agent', password: 'guichet-demo' },
  })
const audited = (): JournalVerdict => {
  const store = openTestStore(folder.path)
  const walk = auditJournal(store.db, counter)
  for (;;) {
    const step = walk.next()
    if (step.done !== true) continue
    store.close()
    return step.value
  }
}

describe('a day', () => {
  test('is closed once: figures, totals and statement; its deposits are refused until two people reopen it or the day is over', async () => {
    await start()
    const numbers = [valueOf(await deposit()).number, valueOf(await deposit()).number, valueOf(await deposit()).number]
    const before = await status()
    expect(before).toMatchObject({
      figures: { numbers: { first: numbers[0], last: numbers[2], missing: 0 }, amounts: { issued: 3 } },
      totals: { issued: 3, days: 1 },
      open: [before.today],
    })
    const commandId = v7()
    const closed = valueOf(await close(before.today, commandId))
    expect(closed.closing).toMatchObject({ closingId: commandId, ordinal: 1, issued: 3 })
    expect(valueOf(await close(before.today, commandId)).closing?.ordinal).toBe(1)
    expect(await close(before.today)).toMatchObject({ fault: { code: 'day.closed' } })
    expect(await deposit()).toMatchObject({ fault: { code: 'day.closed', values: { day: before.today } } })
    const { pdf } = valueOf(await worker.ask('closing.pdf', { closingId: commandId }))
    expect(new TextDecoder().decode(pdf.slice(0, 5))).toBe('%PDF-')
    while (valueOf(await worker.ask('print.list', {})).jobs.find((job) => job.kind === 'closing')?.state !== 'printed')
      await new Promise((later) => {
        setTimeout(later, 20)
      })

    expect(
      await worker.ask('day.reopen', {
        commandId: v7(),
        day: before.today,
        reason: 'seul',
        second: { login: 'supervisor', password: 'guichet-demo' },
      }),
    ).toMatchObject({ fault: { code: 'witness.samePerson' } })
    expect(valueOf(await reopen(before.today)).closing?.reopened).toMatchObject({ reason: 'dépôt tardif' })
    expect(await reopen(before.today)).toMatchObject({ fault: { code: 'day.notClosed' } })
    valueOf(await deposit())
    expect(valueOf(await close(before.today))).toMatchObject({
      totals: { issued: 4, days: 1 },
      closing: { ordinal: 2, issued: 4 },
    })
    ahead = day
    valueOf(await deposit())
    const tomorrow = (await status()).figures.day
    expect(valueOf(await close(tomorrow))).toMatchObject({ totals: { issued: 5, days: 2 } })
    await worker.close()
    expect(audited()).toMatchObject({ closings: 3 })
    expect(audited().broken).toBeUndefined()
  })

  test('that nobody closed is closed the next morning, in its order, and late acts stay with their own day', async () => {
    await start()
    valueOf(await deposit())
    const first = (await status()).today
    ahead = day
    valueOf(await deposit())
    const { today, open, figures, obstacles } = await status()
    expect([open, figures.day, obstacles.filter((one) => one.blocks)]).toEqual([[first, today], first, []])
    expect(await close(today)).toMatchObject({ fault: { code: 'day.earlierOpen', values: { day: first } } })
    expect((await status(today)).obstacles).toContainEqual({ kind: 'earlierOpen', blocks: true, day: first })
    expect(valueOf(await close(first))).toMatchObject({ figures: { amounts: { issued: 1 } }, totals: { issued: 1 } })
    expect(valueOf(await close(today))).toMatchObject({
      figures: { amounts: { issued: 1 } },
      totals: { issued: 2, days: 2 },
    })
    expect(await reopen(first)).toMatchObject({ fault: { code: 'day.notClosed' } })
    expect(await close('2099-01-01')).toMatchObject({ fault: { code: 'day.unknown' } })
  })

  test('counts what was reprinted once, in the closing after it, and says what is still open', async () => {
    await start()
    const made = valueOf(await deposit())
    valueOf(await worker.ask('receipt.reprint', { receiptId: made.receiptId, reason: 'perdu' }))
    const { today } = await status()
    expect(valueOf(await close(today)).figures).toMatchObject({ amounts: { reprinted: 1 }, open: { pending: 1 } })
    valueOf(await worker.ask('receipt.reprint', { receiptId: made.receiptId, reason: 'illisible' }))
    ahead = day
    valueOf(await deposit())
    const next = (await status()).figures.day
    expect(valueOf(await close(next))).toMatchObject({
      figures: { amounts: { reprinted: 1 } },
      totals: { reprinted: 2 },
    })
  })

  test('is for supervisors', async () => {
    await start('agent')
    expect(await worker.ask('day.status', {})).toMatchObject({ fault: { code: 'session.forbidden' } })
    expect(await worker.ask('day.close', { commandId: v7(), day: '2026-11-21' })).toMatchObject({
      fault: { code: 'session.forbidden' },
    })
  })
})

test('what is closed reaches the platform as acts, each once, and the statement proves the journal it came from', async () => {
  await start('supervisor', platform.url)
  valueOf(await deposit())
  valueOf(await worker.ask('outbox.drain', {}))
  const { today } = await status()
  const closed = valueOf(await close(today))
  valueOf(await reopen(today))
  valueOf(await deposit())
  valueOf(await close(today))
  valueOf(await worker.ask('outbox.drain', {}))
  expect(
    valueOf(await worker.ask('outbox.list', {})).items.map((item) => [
      item.type.split('.').slice(2, 4).join('.'),
      item.state,
    ]),
  ).toEqual([
    ['day.closed', 'applied'],
    ['request.deposited', 'applied'],
    ['day.reopened', 'applied'],
    ['day.closed', 'applied'],
    ['request.deposited', 'applied'],
  ])
  const verdict = valueOf(await worker.ask('journal.verify', {}))
  expect(verdict).toMatchObject({ closings: 2 })
  expect([verdict.broken, verdict.heads > 0]).toEqual([undefined, true])
  expect(worker.events.some((event) => event.name === 'journal')).toBe(true)
  await worker.close()

  const store = openTestStore(folder.path)
  const keys = counterPublicKeys(store.db, counter)
  const stored = valueOf(readFacts(store.db, 'closing', (closed.closing?.closingId ?? '') as ClosingId)).facts
  const code = closingCode(stored)
  expect(readClosingCode(code, keys)).toMatchObject({
    counter,
    day: today,
    ordinal: 1,
    anchor: stored.anchor,
    hash: stored.hash,
  })
  expect(readClosingCode(`${code.slice(0, -3)}000`, keys)).toBeUndefined()
  const sent = commandsFrom(store.db, 1, 10)
    .map((one) => JSON.parse(one.json) as { type: string; data: unknown })
    .filter((one) => one.type === 'ma.guichet.day.closed.v1')
  const [one, two] = sent.map((act) => dayClosed.parse(act.data))
  expect(two?.facts.previous).toBe(one?.hash)
  // A countersigned head was there when the day was closed: it is on the statement.
  expect(stored.facts.countersigned?.seq).toBeGreaterThan(0)
  store.close()
  const page = await (
    await fetch(`${platform.url}/operations`, { headers: { authorization: 'Bearer operator' } })
  ).text()
  expect(page).toContain('Nothing to look into.')
  expect((await fetch(`${platform.url}/operations`)).status).toBe(401)
  expect(
    (
      await fetch(`${platform.url}/operations`, {
        headers: { authorization: `Basic ${Buffer.from('x:wrong').toString('base64')}` },
      })
    ).status,
  ).toBe(401)
})

test('a journal that lost its end, or was written anew with the key of the device, is found out at the next contact', async () => {
  const other = await startPlatform({ log: () => undefined, operator: 'operator', pglite: true })
  const files = ['register.db', 'register.db-wal', 'high-water.a', 'high-water.b'].map((name) =>
    join(folder.path, name),
  )
  await start('supervisor', other.url)
  valueOf(await deposit())
  valueOf(await worker.ask('outbox.drain', {}))
  await worker.close()
  for (const file of files) if (existsSync(file)) cpSync(file, `${file}.old`)
  // Nothing reaches the platform but the head: who signed in and out, and why something was printed again.
  await start('supervisor', other.url)
  for (const _ of [1, 2, 3])
    valueOf(await worker.ask('session.signIn', { login: 'supervisor', password: 'guichet-demo' }))
  valueOf(await worker.ask('outbox.drain', {}))
  await worker.close()
  // The old copy with its own marks: nothing on this machine remembers more.
  for (const file of files) {
    rmSync(file, { force: true })
    if (existsSync(`${file}.old`)) cpSync(`${file}.old`, file)
  }
  await start('supervisor', other.url)
  // By the turn at the start, or by this one.
  await worker.ask('outbox.drain', {})
  expect(valueOf(await worker.ask('app.state', {})).quarantine).toMatchObject({ code: 'journal.contradicted' })
  expect(await deposit()).toMatchObject({ fault: { code: 'journal.contradicted' } })
  // The way out: a new series, told to the platform as an act, whose heads begin anew.
  valueOf(await worker.ask('series.renew', { reason: 'fin du journal perdue' }))
  expect(valueOf(await deposit()).number).toMatch(/-S2$/)
  valueOf(await worker.ask('outbox.drain', {}))
  expect(valueOf(await worker.ask('outbox.list', {})).items.map((item) => [item.type, item.state])).toContainEqual([
    'ma.guichet.series.closed.v1',
    'applied',
  ])
  await worker.close()
  const store = openTestStore(folder.path)
  expect(newestHead(store.db)?.series).toBe(2)
  store.close()
  expect(audited().broken).toBeUndefined()
  const page = await (await fetch(`${other.url}/operations`, { headers: { authorization: 'Bearer operator' } })).text()
  expect(page).toContain('Journal contradicts its head')
  expect(page).toContain('series 1 closed, 2 opened')
  await other.close()
}, 60_000)
