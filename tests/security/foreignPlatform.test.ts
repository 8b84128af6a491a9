import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readSeed } from '#electron/worker/core/readSeed.ts'
import { allAccounts } from '#electron/worker/core/rows/accounts.ts'
import { journalLinks } from '#electron/worker/journal/rows/journalRows.ts'
import { readLimits } from '#electron/worker/store/settings.ts'
import { platformPaths, type Account } from '#shared/contract/platform.ts'
import { usualLimits } from '#shared/domain/limits.ts'
import { depositFor } from '#tests/builders/markedCitizen.ts'
import { anOfficeFile, aPlatformKey, officeBytes, type TestKey } from '#tests/builders/platformKeys.ts'
import { playPlatform, sitBetween, type Passing, type PlayedPlatform } from '#tests/builders/playedPlatform.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, resources, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { readSeeds } from '#tests/platform/feed.ts'

// What is tried: to be believed as the platform, and so to hand out accounts, passwords, roles and limits, to call acts
// applied that nobody holds, or to bar a device.

vi.setConfig({ testTimeout: 60_000 })

const seeds = readSeeds(resources)
const { accounts } = valueOf(readSeed(resources))
const accountRow = (body: Account) => ({ kind: 'account', key: body.login, deleted: false, body })
const [agent, admin] = ['agent', 'admin'].map((login) => {
  const found = accounts.find((one) => one.login === login)
  if (found === undefined) throw new Error(login)
  return found
})
if (agent === undefined || admin === undefined) throw new Error('unreachable: found above')
/** As the attacker would like it: his password, every role, for ever. */
const mallory: Account = { ...agent, login: 'm', code: 'XX-666', roles: ['supervisor', 'administrator', 'agent'] }

let folder: ReturnType<typeof temporaryFolder>
let ours: TestKey
let platform: PlayedPlatform
let worker: TestWorker | undefined
let closing: (() => void)[]
beforeEach(async () => {
  folder = temporaryFolder()
  ours = aPlatformKey()
  platform = await playPlatform(ours)
  platform.pages = [
    {
      changes: [...seeds.filter(({ kind }) => kind !== 'account'), accountRow(agent), accountRow(admin)],
      cursor: 'p1',
      more: false,
    },
  ]
  closing = [() => platform.close()]
})
afterEach(async () => {
  await worker?.close()
  worker = undefined
  for (const close of closing) close()
  folder.remove()
})

/** A real counter: begun by the office file of its platform. */
const start = (address = platform.url, platformUrl?: string): TestWorker =>
  (worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))), {
    demo: false,
    officeFile: anOfficeFile(ours, {
      platform: { address, keys: [ours.key] },
      accounts: [agent, admin],
      code: 'K7F2-9MQX-0001',
    }),
    ...(platformUrl === undefined ? {} : { platformUrl }),
  }))
const foreign = async (by?: TestKey): Promise<PlayedPlatform> => {
  const played = await playPlatform(by)
  played.pages = [
    {
      changes: [
        accountRow(mallory),
        { kind: 'account', key: 'admin', deleted: true },
        { kind: 'setting', key: 'limits', deleted: false, body: { idleMinutes: 480 } },
      ],
      cursor: 'p9',
      more: false,
    },
  ]
  closing.push(() => played.close())
  return played
}
const drained = async (at: TestWorker): Promise<string> => {
  const done = await at.ask('outbox.drain', {})
  return done.ok ? 'done' : done.fault.code
}
const look = async <T>(see: (store: ReturnType<typeof openTestStore>) => T): Promise<T> => {
  await worker?.close()
  worker = undefined
  const store = openTestStore(folder.path)
  const seen = see(store)
  store.close()
  return seen
}
const stands = () =>
  look((store) => ({
    logins: allAccounts(store.db).map(({ login }) => login),
    limits: readLimits(store.db),
    states: store.db.all<{ state: string }>('SELECT state FROM outbox ORDER BY seq').map(({ state }) => state),
  }))

test('whoever starts the program does not say where acts go: the address is in the register', async () => {
  const other = await foreign()
  const at = await signedIn(start(platform.url, other.url))
  expect(await drained(at)).toBe('done')
  expect(other.asked).toEqual([])
  await depositFor(at)
  expect(await drained(at)).toBe('done')
  expect(platform.taken).toHaveLength(1)
})

test.for<[string, TestKey | undefined]>([
  ['that signs nothing', undefined],
  ['that signs by a key of its own', aPlatformKey()],
])('a server %s, at the address of the platform, is not believed; work goes on', async ([, by]) => {
  const other = await foreign(by)
  const at = await signedIn(start())
  expect(await drained(at)).toBe('done')
  // The way to the platform leads elsewhere from now on.
  platform.by = by
  platform.keys = other.keys
  const usual = platform.pages
  platform.pages = other.pages.map((page) => ({ ...page, cursor: 'p1' }))
  await depositFor(at)
  const told = await drained(at)
  expect(told).toBe(by === undefined ? 'platform.unsigned' : 'platform.foreignKey')
  await depositFor(at, { nationalNumber: 'ZZ111111' })
  const { logins, limits, states } = await stands()
  expect(logins).toEqual(['admin', 'agent'])
  expect(limits).toEqual(usualLimits)
  expect(states.filter((state) => state === 'applied')).toEqual([])
  // The platform is back: everything goes out, once.
  platform.by = ours
  platform.keys = [ours.key]
  platform.pages = usual
  platform.taken.length = 0
  const again = await signedIn(start())
  expect(await drained(again)).toBe('done')
  expect((await stands()).states).toEqual(states.map(() => 'applied'))
})

test('a device is revoked by the platform alone', async () => {
  const at = await signedIn(start())
  expect(await drained(at)).toBe('done')
  for (const what of [`POST ${platformPaths.token}`, `GET ${platformPaths.counter('RAB03-G2')}`])
    platform.instead.set(what, {
      status: 403,
      body: { type: 'urn:x', title: 'no', status: 403, code: 'device-revoked' },
    })
  platform.by = undefined
  await at.close()
  const again = await signedIn(start())
  expect(await drained(again)).toBe('platform.unsigned')
  await depositFor(again)
})

test('a proxy that the machine trusts changes a page of the feed, or plays an old one: nothing of it is taken', async () => {
  let meddle: (passing: Passing) => void = () => undefined
  const line = await sitBetween(platform.url, (passing) => {
    meddle(passing)
  })
  closing.push(() => {
    line.close()
  })
  let old: Passing['answer']
  meddle = ({ what, answer }) => {
    if (what === `GET ${platformPaths.changes}` && answer !== undefined) old ??= answer
  }
  const at = await signedIn(start(line.url))
  expect(await drained(at)).toBe('done')
  expect(old).toBeDefined()
  // The agent leaves, and the proxy keeps that to itself.
  platform.pages.push({ changes: [{ kind: 'account', key: 'agent', deleted: true }], cursor: 'p2', more: false })
  meddle = (passing) => {
    if (passing.what === `GET ${platformPaths.changes}` && old !== undefined && passing.answer !== undefined)
      passing.answer = old
  }
  expect(await drained(at)).toBe('platform.unsigned')
  meddle = ({ what, answer }) => {
    if (what === `GET ${platformPaths.changes}` && answer !== undefined)
      answer.body = Buffer.from(JSON.stringify({ changes: [accountRow(mallory)], cursor: 'p2', more: false }))
  }
  expect(await drained(at)).toBe('platform.unsigned')
  meddle = () => undefined
  await drained(at)
  expect((await stands()).logins).toEqual(['admin'])
})

test('a cursor that the platform does not know begins the feed again: whoever it does not name leaves, in the journal', async () => {
  platform.pages = [{ changes: [accountRow(agent), accountRow(admin), accountRow(mallory)], cursor: 'p1', more: false }]
  const at = await signedIn(start())
  expect(await drained(at)).toBe('done')
  platform.pages = [
    { changes: [accountRow(agent)], cursor: 'q1', more: true },
    { changes: [accountRow({ ...admin, roles: ['administrator', 'auditor'] })], cursor: 'q2', more: false },
  ]
  expect(await drained(at)).toBe('done')
  expect((await stands()).logins).toEqual(['admin', 'agent'])
  const told = await look((store) =>
    [...journalLinks(store.db)]
      .filter(({ kind }) => kind.startsWith('account.') && kind !== 'account.keyMade')
      .map(({ kind, subject }) => [kind, subject]),
  )
  expect(told).toEqual([
    ['account.given', mallory.code],
    ['account.changed', admin.code],
    ['account.withdrawn', mallory.code],
  ])
})

test('another platform is taken by an administrator, by its office file, and it is in the journal who', async () => {
  const next = aPlatformKey()
  const other = await playPlatform(next)
  closing.push(() => other.close())
  other.pages = platform.pages
  const at = await signedIn(start())
  expect(await drained(at)).toBe('done')
  const file = officeBytes(anOfficeFile(next, { platform: { address: other.url, keys: [next.key] } }), next)
  const asked = { file, fingerprint: next.fingerprint }
  expect(await at.ask('platform.trust', asked)).toMatchObject({ fault: { code: 'session.forbidden' } })
  await signedIn(at, 'admin')
  expect(await at.ask('platform.trust', { file, fingerprint: ours.fingerprint })).toMatchObject({
    fault: { code: 'office.fingerprint' },
  })
  const elsewhere = anOfficeFile(next)
  const otherCounter = officeBytes({ ...elsewhere, office: { ...elsewhere.office, counter: 'G7' } }, next)
  expect(await at.ask('platform.trust', { file: otherCounter, fingerprint: next.fingerprint })).toMatchObject({
    fault: { code: 'office.otherCounter' },
  })
  expect(valueOf(await at.ask('device.show', {}))).toMatchObject({
    address: platform.url,
    platformKey: ours.fingerprint,
  })
  expect(valueOf(await at.ask('platform.trust', asked))).toMatchObject({
    address: other.url,
    platformKey: next.fingerprint,
  })
  expect(await drained(at)).toBe('done')
  expect(other.asked).toContain(`GET ${platformPaths.changes}`)
  const told = await look((store) => [...journalLinks(store.db)].filter(({ kind }) => kind === 'platform.trusted'))
  expect(told).toMatchObject([{ actor: admin.code, subject: next.key.kid }])
})
