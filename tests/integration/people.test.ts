import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Out } from '#shared/contract/calls.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { ok, type Result } from '#shared/result.ts'
import { journalLinks } from '#electron/worker/journal/rows/journalRows.ts'
import { saveSetting } from '#electron/worker/store/settings.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, sheetsOf, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'

let folder: ReturnType<typeof temporaryFolder>
let worker: TestWorker | undefined
let wall = Date.parse('2026-11-21T09:00:00Z')
/** Both stand still but by hand: a slow machine would make the wall clock look set back. */
const clock: Clock = { now: () => new Date(wall), monotonic: () => 0 }
beforeEach(() => {
  folder = temporaryFolder()
  wall = Date.parse('2026-11-21T09:00:00Z')
})
afterEach(async () => {
  await worker?.close()
  folder.remove()
})
const start = async (login: string): Promise<TestWorker> =>
  (worker = await signedIn(
    startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))), { clock }),
    login,
  ))

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

test('the auditor takes the journal away and can do nothing else', async () => {
  await deposit(await start('agent'))
  await worker?.close()
  const at = await start('auditor')
  const { name, links } = valueOf(await at.ask('journal.export', {}))
  const taken = readFileSync(join(folder.path, name), 'utf8')
  expect(taken.trim().split('\n')).toHaveLength(links + 1)
  expect(taken).not.toContain('SPÉCIMEN')
  expect(await at.ask('outbox.drain', {})).toMatchObject({ fault: { code: 'session.forbidden' } })
  expect(await at.ask('printer.choose', { medium: 'a5', printer: 'Bureau' })).toMatchObject({
    fault: { code: 'session.forbidden' },
  })
})

test('a lock ends the session and keeps the draft', async () => {
  const at = await start('agent')
  const [sheet] = await sheetsOf(at)
  const draft = { procedure: sheet?.code ?? '', procedureVersion: sheet?.version ?? '', pieces: [] }
  const id = v7()
  valueOf(await at.ask('draft.save', { id, draft, revision: 0, writer: v7() }))
  expect(valueOf(await at.ask('session.current', {})).session?.idleMinutes).toBe(10)
  valueOf(await at.ask('session.lock', {}))
  expect(await at.ask('draft.load', { id })).toMatchObject({ fault: { code: 'session.none' } })
  await signedIn(at)
  expect(valueOf(await at.ask('draft.load', { id })).draft).toMatchObject(draft)
})

test('a clock set back: the act is flagged up to the limit, beyond it a supervisor answers for it', async () => {
  const at = await start('agent')
  valueOf(await deposit(at))
  wall -= 2 * 60_000
  valueOf(await deposit(at))
  wall -= 60 * 60_000
  expect(await deposit(at)).toMatchObject({ ok: false, fault: { code: 'clock.behind', values: { minutes: 62 } } })
  const file = { name: 'a.pdf', bytes: new TextEncoder().encode('%PDF-1.4\n1 0 obj\n') }
  expect(await at.ask('attachment.add', file)).toMatchObject({ ok: false, fault: { code: 'clock.behind' } })
  await signedIn(at, 'supervisor')
  valueOf(await at.ask('attachment.add', file))
  expect(valueOf(await deposit(at)).number).toMatch(/000003$/)
  await at.close()
  const store = openTestStore(folder.path)
  const flagged = store.db
    .all<{ body: string }>(`SELECT body FROM journal WHERE kind = 'request.deposited' ORDER BY seq`)
    .map((row) => row.body.includes('clockBackMs'))
  expect(flagged).toEqual([false, true, true])
  store.close()
})

test('without word from the platform for too long nobody is let in', async () => {
  await (await start('agent')).close()
  const store = openTestStore(folder.path)
  valueOf(store.tx((db) => ok(saveSetting(db, 'link', { link: 'offline', lastSyncAt: '2026-08-01T09:00:00.000Z' }))))
  store.close()
  worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))), { clock })
  expect(await worker.ask('session.signIn', { login: 'agent', password: 'guichet-demo' })).toMatchObject({
    fault: { code: 'session.accountExpired' },
  })
})

test('a citizen who comes back is found by the document, each look is in the access log, and a number opens its deposit', async () => {
  const at = await start('agent')
  const person = { familyName: 'SPÉCIMEN', givenNames: 'Omar', documentNumber: 'X1234567' }
  const [sheet] = await sheetsOf(at)
  if (sheet === undefined) throw new Error('no sheet')
  const draft = {
    procedure: sheet.code,
    procedureVersion: sheet.version,
    pieces: sheet.pieces.map((piece) => ({ code: piece.code, state: 'received' as const })),
  }
  const come = async (identity: typeof person): Promise<Out<'identity.type'>> =>
    valueOf(await at.ask('identity.type', { identity, reason: 'otherDocument', suggested: ['nativeName'] }))
  const earlier = async (citizen: Out<'identity.type'>): Promise<string[]> =>
    valueOf(await at.ask('citizen.deposits', { identityId: citizen.identityId })).deposits.map(({ number }) => number)

  const first = await come(person)
  expect(first.source).toMatchObject({ kind: 'typed', suggested: ['nativeName'] })
  expect(await earlier(first)).toEqual([])
  const { number } = valueOf(await at.ask('receipt.issue', { commandId: v7(), identityId: first.identityId, draft }))
  expect(await earlier(await come(person))).toEqual([number])
  // The same number on a document of somebody else is another document.
  expect(await earlier(await come({ ...person, familyName: 'AUTRE' }))).toEqual([])
  expect(valueOf(await at.ask('deposit.find', { number })).number).toBe(number)
  expect(await at.ask('deposit.find', { number: '2020/RAB03-G2/000009' })).toMatchObject({
    fault: { code: 'request.unknown' },
  })
  // Found however he is looked for, and entered once: the palette asks again with every letter.
  for (const words of [number, '000001', '21/11', 'X1234567', 'specimen omar', 'Omar Spécimen', 'SPÉCIMEN'])
    expect([words, ...valueOf(await at.ask('deposit.search', { words })).deposits.map((one) => one.number)]).toEqual([
      words,
      number,
    ])
  expect(valueOf(await at.ask('deposit.search', { words: 'Personne Autre' }))).toEqual({ deposits: [], more: false })

  await worker?.close()
  const store = openTestStore(folder.path)
  const looks = [...journalLinks(store.db)]
    .filter(({ kind, body }) => kind === 'personalData.accessed' && body.includes('search'))
    .map(({ body }) => JSON.parse(body) as { purpose: string })
  store.close()
  expect(looks.map(({ purpose }) => purpose)).toEqual(['deposit', 'verification', 'verification'])
})
