import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Encrypter } from 'age-encryption'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { headStatement } from '#shared/contract/heads.ts'
import {
  createOfflineTransfer,
  type OfflineTransfer,
  type Exported,
} from '#electron/worker/outbox/carrier/offlineTransfer.ts'
import { createJournal } from '#electron/worker/journal/journal.ts'
import { makeCounterKey } from '#electron/worker/keys/counterKey.ts'
import { identityOf } from '#electron/worker/outbox/composeOutbox.ts'
import { keepAttachment } from '#electron/worker/files/rows/attachments.ts'
import { newestHead, unheldHead } from '#electron/worker/outbox/rows/heads.ts'
import { writeLink } from '#electron/worker/outbox/rows/link.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { lastCommand } from '#electron/worker/outbox/rows/outboxRows.ts'
import { exportActs, replySecret } from '#electron/worker/outbox/carrier/exportActs.ts'
import { createPendingUploads } from '#electron/worker/outbox/rows/uploads.ts'
import { saveSetting } from '#electron/worker/store/settings.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { officeSetting } from '#electron/worker/core/context.ts'
import { officeSeed } from '#shared/domain/office.ts'
import type { Sha256 } from '#shared/ids.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { aCommand, aCounter, commands, queued, sha256Of, queueCommand } from '#tests/builders/commands.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { Refused, takeExport } from '#tests/platform/carrier.ts'
import { platformJwsType } from '#shared/contract/officeFile.ts'
import { openDatabase, type Database } from '#tests/platform/database.ts'
import { openFiles, type Files } from '#tests/platform/files.ts'
import { openSecrets, type Secrets } from '#tests/platform/secrets.ts'
import { startPlatform, type RunningPlatform } from '#tests/platform/startPlatform.ts'
import { startPostgres, type Postgres } from '#tests/platform/postgres.ts'
import { openRealOutbox } from './outboxClient.ts'

const platformKey = join(import.meta.dirname, '..', 'platform', 'demo-platform.age')
const identity = readFileSync(platformKey, 'utf8').split('\n')[1] ?? ''
const office = officeSeed.parse(JSON.parse(readFileSync(join(resources, 'seed', 'office.json'), 'utf8')))
const who = { code: 'AG-014' }
let postgres: Postgres
let platform: RunningPlatform
let database: Database
let secrets: Secrets
let files: Files
let client: pg.Client
let folder: ReturnType<typeof temporaryFolder>
let store: Store

beforeAll(async () => {
  postgres = await startPostgres()
  platform = await startPlatform({ databaseUrl: postgres.url, log: () => undefined })
  database = await openDatabase({ url: postgres.url, log: () => undefined })
  secrets = await openSecrets(database)
  client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.close()
  await platform.close()
  await postgres.stop()
})
const fresh = async (): Promise<void> => {
  folder = temporaryFolder()
  for (const table of ['command', 'counter_state', 'deposit', 'alarm', 'repair', 'attachment', 'head', 'log_node'])
    await client.query(`TRUNCATE ${table}`)
  files = openFiles(database, join(folder.path, 'files'))
  store = openTestStore(folder.path)
  valueOf(
    store.tx((db) => {
      makeCounterKey(db, aCounter(), '2026-11-21T09:00:00.000Z')
      writeLink(db, { link: 'unknown', code: 'demo' })
      saveSetting(db, officeSetting, office)
      return ok(undefined)
    }),
  )
}
const end = (): void => {
  store.close()
  folder.remove()
}
beforeEach(fresh)
afterEach(end)

/** Commits acts, each with a file of its own. */
function deposit(count: number): void {
  valueOf(
    store.tx((db) => {
      for (let done = 0; done < count; done += 1) {
        const last = lastCommand(db)
        const seq = (last?.seq ?? 0) + 1
        const bytes = new TextEncoder().encode(`%PDF-1.7 ${String(seq)}`)
        const sha256 = sha256OfBytes(bytes)
        keepAttachment(db, store.files, { sha256, mime: 'application/pdf', bytes, at: '2026-11-21T09:00:00.000Z' })
        const { data } = aCommand(seq)
        const full = { ...data, attachments: [{ sha256, mime: 'application/pdf', size: bytes.byteLength }] }
        queueCommand(db, aCommand(seq, { data: full, sha256: sha256Of(full) }))
      }
      return ok(undefined)
    }),
  )
}
// A digest has the form of its brand by construction.
const sha256OfBytes = (bytes: Uint8Array): Sha256 => createHash('sha256').update(bytes).digest('hex') as Sha256
const carrier = (): OfflineTransfer => {
  const journal = createJournal(systemClock, aCounter(), store.db)
  return createOfflineTransfer(
    { store, journal, clock: systemClock, counter: aCounter(), newId: () => v7() },
    identityOf(store, aCounter()),
    true,
  )
}
/** Where the file goes, a new one each time. */
const toStick = {
  chooseFile: (name: string) => Promise.resolve(join(folder.path, `${v7()}-${name}`)),
  signal: new AbortController().signal,
  evenEmpty: true,
}
const exported = async (): Promise<Result<Exported & { bytes: Uint8Array }>> => {
  let path = ''
  const made = await carrier().export(who, {
    ...toStick,
    chooseFile: async (name) => (path = await toStick.chooseFile(name)),
  })
  return made.ok ? ok({ ...made.value, bytes: new Uint8Array(path === '' ? [] : readFileSync(path)) }) : made
}
const take = (sealed: Uint8Array) => takeExport({ database, secrets, files, openCode: 'demo', identity }, sealed)
/** A file of answers as this counter's platform could have sealed it. */
const answersOf = async (exportId: string, content: object): Promise<Uint8Array> => {
  const encrypter = new Encrypter()
  encrypter.setScryptWorkFactor(10)
  encrypter.setPassphrase(replySecret(identityOf(store, aCounter()).privateKey, exportId))
  return encrypter.encrypt(secrets.signText(platformJwsType.answers, content))
}
const states = (): string[] =>
  store.db.all<{ state: string }>('SELECT state FROM outbox ORDER BY seq').map((row) => row.state)
const held = async (): Promise<string> =>
  (await client.query<{ seq: string }>(`SELECT seq FROM command WHERE status = 'applied' ORDER BY seq`)).rows
    .map((row) => row.seq)
    .join()

test('acts and files go out and answers come back by hand; again, everything is a duplicate', async () => {
  deposit(700)
  const sealed = valueOf(await exported())
  expect(sealed).toMatchObject({ acts: 700, files: 700, first: 1, last: 700 })
  expect(states().every((state) => state === 'pending')).toBe(true)
  const { sealed: answers } = await take(sealed.bytes)
  expect(valueOf(await carrier().take(who, answers))).toEqual({
    applied: 700,
    duplicate: 0,
    rejected: 0,
    conflict: 0,
    files: 700,
    news: 1400,
  })
  expect(states().every((state) => state === 'applied')).toBe(true)
  expect(createPendingUploads(store).count()).toBe(0)
  const again = await take(sealed.bytes)
  expect(new Set(again.answers.results.map((one) => one.status))).toEqual(new Set(['duplicate']))
  expect(valueOf(await carrier().take(who, again.sealed))).toMatchObject({ duplicate: 700, news: 0 })
  expect(store.db.all(`SELECT actor, count(*) AS n FROM journal WHERE kind LIKE 'outbox.%' GROUP BY actor`)).toEqual([
    { actor: 'AG-014', n: 3 },
  ])
})

test('by hand, over the line, or both in any order: each act is there once', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('deposit' as const), count: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ kind: fc.constantFrom('export' as const, 'drain' as const, 'answer' as const, 'again' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
      end()
      await fresh()
      const sticks: Uint8Array[] = []
      const answers: Uint8Array[] = []
      for (const one of steps) {
        if (one.kind === 'deposit') deposit(one.count)
        if (one.kind === 'export') sticks.push(valueOf(await exported()).bytes)
        if (one.kind === 'again' && sticks.length > 0)
          answers.push((await take(sticks[sticks.length >> 1] ?? new Uint8Array())).sealed)
        if (one.kind === 'answer' && sticks.length > 0)
          answers.push((await take(sticks.at(-1) ?? new Uint8Array())).sealed)
        if (one.kind === 'answer' && answers.length > 0)
          await carrier().take(who, answers[answers.length >> 1] ?? new Uint8Array())
        if (one.kind === 'drain') {
          const outbox = openRealOutbox(store, identityOf(store, aCounter()), platform.url)
          await outbox.drain()
          await outbox.close()
        }
      }
      const { sealed } = await take(valueOf(await exported()).bytes)
      valueOf(await carrier().take(who, sealed))
      expect(new Set(states()).size <= 1 && (states()[0] ?? 'applied') === 'applied').toBe(true)
      expect(await held()).toBe(
        states()
          .map((_, at) => String(at + 1))
          .join(),
      )
      expect((await client.query('SELECT seq FROM alarm')).rows).toEqual([])
    }),
    { numRuns: 15 },
  )
}, 120_000)

test("a changed file, another counter's and one for somebody else are refused on both sides", async () => {
  deposit(2)
  const { bytes } = valueOf(await exported())
  for (const at of [0, bytes.byteLength >> 1, bytes.byteLength - 1]) {
    const changed = bytes.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    await expect(take(changed)).rejects.toThrow('changed')
  }
  await expect(takeExport({ database, secrets, files, openCode: undefined, identity }, bytes)).rejects.toThrow(
    'not enrolled',
  )
  const { sealed } = await take(bytes)
  const broken = sealed.slice()
  broken[broken.byteLength - 1] = (broken.at(-1) ?? 0) ^ 1
  const strangers = [
    [broken, 'transfer.altered'],
    [sealed.subarray(0, sealed.byteLength - 40), 'transfer.altered'],
    [bytes, 'transfer.export'],
    [new Uint8Array(), 'transfer.notAnswers'],
    [new Uint8Array(100), 'transfer.notAnswers'],
  ] as const
  for (const [wrong, code] of strangers) expect(await carrier().take(who, wrong)).toMatchObject({ fault: { code } })
  const { exportId } = valueOf(await exported())
  const whole = {
    version: 2,
    exportId,
    counterId: aCounter(),
    results: [],
    stored: [],
    lastSeq: 0,
    keys: secrets.keys(),
  }
  const told = [
    [{ ...whole, version: 3 }, 'transfer.newer'],
    [{ ...whole, lastSeq: -1 }, 'transfer.unsigned'],
    // To another export than the one under whose secret it came.
    [{ ...whole, exportId: v7() }, 'transfer.foreign'],
  ] as const
  for (const [content, code] of told)
    expect(await carrier().take(who, await answersOf(exportId, content)), code).toMatchObject({ fault: { code } })
  // A second machine that calls itself by the same name.
  valueOf(
    store.tx((db) => {
      db.run('DELETE FROM counter_keys')
      makeCounterKey(db, aCounter(), '2026-11-22T09:00:00.000Z')
      return ok(undefined)
    }),
  )
  await expect(take(valueOf(await exported()).bytes)).rejects.toThrow('counter-taken')
  expect(await carrier().take(who, sealed)).toMatchObject({ fault: { code: 'transfer.foreign' } })
  valueOf(
    store.tx((db) => {
      saveSetting(db, officeSetting, { ...office, sealedTo: undefined })
      return ok(undefined)
    }),
  )
  expect(await carrier().export(who, toStick)).toMatchObject({ fault: { code: 'transfer.noRecipient' } })
})

test.each([
  ['nothing that is JSON', 'not json'],
  ['nested without end', '['.repeat(5_000) + ']'.repeat(5_000)],
  ['no commands', '{}'],
])('a signed batch of %s is refused in words, and nothing is taken', async (_, json) => {
  const [first] = commands(1).map(queued)
  if (first === undefined) throw new Error('no command')
  const { pieces } = valueOf(
    await exportActs({
      store: {
        batch: ({ from = 1 }) => (from === 1 ? [first] : from === 2 ? [{ ...first, seq: 2, json }] : []),
        link: () => ({ link: 'unknown', code: 'demo' }),
      },
      pendingUploads: { waiting: () => [], bytes: () => err(faultOf('file.missing')) },
      identity: identityOf(store, aCounter()),
      recipients: Object.values(office.sealedTo ?? {}),
      head: undefined,
      now: new Date(),
      exportId: v7(),
    }),
  )
  const bytes = new Uint8Array(await new Response(await pieces()).arrayBuffer())
  const refused = await take(bytes).catch((cause: unknown) => cause)
  expect(refused).toBeInstanceOf(Refused)
  expect(refused).toMatchObject({ message: 'a batch cannot be read' })
  expect(await held()).toBe('')
})

test('an old file says nothing new, also when it says that acts were missing which have come since', async () => {
  deposit(2)
  const first = valueOf(await exported())
  const { sealed: answers } = await take(first.bytes)
  expect(valueOf(await carrier().take(who, answers))).toMatchObject({ applied: 2, news: 4 })
  expect(valueOf(await carrier().take(who, answers))).toMatchObject({ applied: 2, news: 0 })
  const { exportId } = first
  const gap = {
    version: 2,
    exportId,
    counterId: aCounter(),
    results: [],
    stored: [],
    lastSeq: 0,
    expectedSeq: 1,
    keys: secrets.keys(),
  }
  expect(valueOf(await carrier().take(who, await answersOf(exportId, gap)))).toMatchObject({ news: 0 })
  deposit(1)
  expect(await carrier().take(who, await answersOf(exportId, { ...gap, expectedSeq: 3 }))).toMatchObject({
    fault: { code: 'platform.gap' },
  })
})

test("a site without a line has countersigned heads too: the journal's newest link goes out, and its head comes back; an old file adds nothing", async () => {
  deposit(2)
  // A journal that is empty has no head to sign yet.
  valueOf(await carrier().take(who, (await take(valueOf(await exported()).bytes)).sealed))
  expect(newestHead(store.db)).toBeUndefined()
  deposit(1)
  const second = valueOf(await exported())
  const answers = (await take(second.bytes)).sealed
  expect(valueOf(await carrier().take(who, answers))).toMatchObject({ applied: 1, news: 3 })
  expect(newestHead(store.db)).toMatchObject({ seq: 3, logSize: 3 })
  expect(unheldHead(store.db)).toBeUndefined()
  expect(valueOf(await carrier().take(who, answers))).toMatchObject({ news: 0 })
  deposit(1)
  const third = valueOf(await exported())
  valueOf(await carrier().take(who, (await take(third.bytes)).sealed))
  expect(newestHead(store.db)).toMatchObject({ logSize: 4 })
  // The second stick, found again: no alarm, and no step back.
  expect(valueOf(await carrier().take(who, (await take(second.bytes)).sealed))).toMatchObject({ news: 0 })
  expect((await client.query(`SELECT seq FROM incident WHERE kind = 'head'`)).rows).toEqual([])
  expect(newestHead(store.db)).toMatchObject({ logSize: 4 })
})

test('a head that came by hand and is no link of this journal bars the register; one by another key is not believed', async () => {
  deposit(1)
  const journal = createJournal(systemClock, aCounter(), store.db)
  valueOf(
    store.tx((db) => ok(journal.append(db, { actor: 'AG-014', kind: 'session.opened', subject: 'AG-014', body: {} }))),
  )
  const { answers } = await take(valueOf(await exported()).bytes)
  if (answers.countersigned === undefined) throw new Error('no head')
  const [, body = ''] = answers.countersigned.head.split('.')
  const stated = headStatement.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
  const signed = (head: string) =>
    answersOf(answers.exportId, { ...answers, countersigned: { ...answers.countersigned, head } })
  expect(await carrier().take(who, await signed(`${answers.countersigned.head.slice(0, -4)}AAAA`))).toMatchObject({
    fault: { code: 'transfer.altered' },
  })
  const other = await signed(secrets.countersign({ ...stated, hash: 'a'.repeat(64) as Sha256 })) // of the form
  expect(await carrier().take(who, other)).toMatchObject({ fault: { code: 'journal.contradicted' } })
  expect(store.readOnlyReason()).toBeDefined()
})

test('as programs: the counter exports, the platform imports, the counter takes the answers in', async () => {
  const run = promisify(execFile)
  const env = {
    PATH: process.env['PATH'] ?? '',
    GUICHET_DATA: join(folder.path, 'cli'),
    GUICHET_PASSPHRASE: 'une phrase de passe',
    CUPS_SERVER: '127.0.0.1:9',
    GUICHET_DEMO: '1',
  }
  const guichet = async (...args: string[]): Promise<unknown> =>
    JSON.parse(
      (
        await run(
          process.execPath,
          [join(import.meta.dirname, '..', '..', 'electron', 'cli', 'guichet.ts'), ...args, '--json'],
          { env },
        )
      ).stdout,
    )
  await guichet('demo')
  const file = join(folder.path, 'stick.age')
  expect(await guichet('outbox', 'export', '--to', file)).toMatchObject({ acts: 1, file })
  expect(readFileSync(file).subarray(0, 21).toString()).toBe('age-encryption.org/v1')
  const importer = [
    join(import.meta.dirname, '..', 'platform', 'import.ts'),
    file,
    '--identity',
    platformKey,
    '--data',
    folder.path,
  ]
  const imported = await run(process.execPath, importer, { env: { ...env, DATABASE_URL: postgres.url } })
  expect(JSON.parse(imported.stdout)).toMatchObject({ counter: 'RAB03-G2', applied: 1, answers: `${file}.answers` })
  expect(await guichet('outbox', 'import-answers', `${file}.answers`)).toMatchObject({ applied: 1 })
  expect(await guichet('outbox', 'status')).toMatchObject({ pending: 0 })
  writeFileSync(file, 'noise')
  await expect(run(process.execPath, importer, { env: { ...env, DATABASE_URL: postgres.url } })).rejects.toMatchObject({
    code: 1,
  })
})
