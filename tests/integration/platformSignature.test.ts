import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventsBatchType, platformPaths } from '#shared/contract/platform.ts'
import type { PlatformKey } from '#shared/contract/heads.ts'
import { commands } from '#tests/builders/commands.ts'
import { createKit, type Kit } from '#tests/conformance/client.ts'
import { digestOf, exchange, signerOf, type Asked } from '#tests/conformance/signature.ts'
import { signatureRules } from '#tests/conformance/signatureRules.ts'
import { accessSecretsFrom } from '#tests/platform/accessSecrets.ts'
import { createApp } from '#tests/platform/app.ts'
import { openDatabase, type Database } from '#tests/platform/database.ts'
import { openFiles } from '#tests/platform/files.ts'
import { readKeys, rotateKey } from '#tests/platform/keys.ts'
import { startPostgres, type Postgres } from '#tests/platform/postgres.ts'
import { openSecrets } from '#tests/platform/secrets.ts'
import { startPlatform, type RunningPlatform } from '#tests/platform/startPlatform.ts'

let postgres: Postgres
let database: Database
let platform: RunningPlatform
let kit: Kit
beforeAll(async () => {
  postgres = await startPostgres()
  platform = await startPlatform({
    databaseUrl: postgres.url,
    operator: 'operator',
    bound: 1,
    faults: true,
    log: () => undefined,
  })
  database = await openDatabase({ url: postgres.url, log: () => undefined })
  kit = createKit(platform.url, { code: 'demo' })
})
afterAll(async () => {
  await database.close()
  await platform.close()
  await postgres.stop()
})
const keys = async (): Promise<readonly PlatformKey[]> => (await readKeys(database)).published
const operator = { authorization: 'Bearer operator' }

test.each<readonly [string, number, Asked]>([
  ['a page for people', 200, { path: '/operations', headers: operator }],
  ['the list of devices', 200, { path: platformPaths.devices, headers: operator }],
  [
    'a code made',
    201,
    { method: 'POST', path: platformPaths.codes, body: '{"counterId":"RAB03-G2"}', headers: operator },
  ],
  ['what the operator alone is told', 401, { path: platformPaths.devices }],
  ['a page that is not there', 404, { path: '/nothing?x=%20#fragment' }],
  ['what is no address', 404, { path: '/v1/files/%E0%A4%A' }],
  ['a name without end', 404, { path: platformPaths.file('a'.repeat(500)) }],
  ['an empty body', 422, { method: 'POST', path: platformPaths.enrolments, body: '', digest: true }],
  ['another type', 422, { method: 'POST', path: platformPaths.enrolments, body: 'x', type: 'text/plain' }],
  ['too long a batch', 413, { method: 'POST', path: platformPaths.enrolments, body: `"${'x'.repeat(1_000_001)}"` }],
  ['a body announced that never comes', 400, { path: platformPaths.time, digest: digestOf('x') }],
  ['no body, announced as none', 200, { path: platformPaths.time, digest: true }],
])('%s is signed: %d', async (_, status, asked) => {
  const answer = await exchange(platform.url, asked)
  expect(answer.status).toBe(status)
  expect(signerOf(answer, await keys())).toBeDefined()
})

test('a platform that has too much to do, and one whose database is gone, say so under their name', async () => {
  const counters = await Promise.all(Array.from({ length: 8 }, () => kit.counter()))
  const answers = await Promise.all(
    counters.map(({ identity, device }) =>
      exchange(platform.url, {
        method: 'POST',
        path: platformPaths.commands(identity.counterId),
        body: JSON.stringify(commands(300, 1, { counterid: identity.counterId })),
        type: eventsBatchType,
        as: device,
        digest: true,
      }),
    ),
  )
  expect(new Set(answers.map((one) => one.status))).toEqual(new Set([200, 429]))
  for (const one of answers) expect(signerOf(one, await keys())).toBeDefined()

  const gone = (): Promise<never> => Promise.reject(new Error('gone'))
  const dead: Database = { description: '', query: gone, transaction: gone, brief: { query: gone }, close: gone }
  const app = createApp({
    database: dead,
    version: '1',
    accessSecrets: accessSecretsFrom(new Uint8Array(32)),
    secrets: await openSecrets(database),
    files: openFiles(dead, ''),
    uploadsFolder: '',
    onAlarm: () => undefined,
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const refused = await exchange(url, { path: platformPaths.health })
  expect([refused.status, signerOf(refused, await keys())?.kid]).toEqual([500, (await keys())[0]?.kid])
  await app.close()
})

test('an answer to HEAD is signed over no content', async () => {
  const response = await fetch(platform.url + platformPaths.time, { method: 'HEAD' })
  const header = (name: string) => response.headers.get(name)
  expect(signerOf({ of: { status: 200, digest: digestOf(''), query: '?' }, header }, await keys())).toBeDefined()
})

describe('what something on the way says is told from the platform', () => {
  const ask = async (faults: Parameters<NonNullable<typeof platform.faults>['set']>[0]) => {
    platform.faults?.set(faults)
    const answer = await exchange(platform.url, { path: platformPaths.time }).finally(() => platform.faults?.set({}))
    return { ...answer, signer: signerOf(answer, await keys()) }
  }
  test.each([
    ['an error of its own', { fail: 1 }, 500, false],
    ['an error for a path', { failPaths: '/v1/t' }, 500, false],
    ['a signature lost', { unsigned: 1 }, 200, false],
    ['noise', { garbage: 1 }, 200, true],
    ['an answer in its place', { foreign: 1 }, 200, true],
  ] as const)('%s', async (_, faults, status, fields) => {
    const answer = await ask(faults)
    expect([answer.status, answer.header('signature') !== null, answer.signer]).toEqual([status, fields, undefined])
  })
  test('half an answer', async () => {
    await expect(ask({ truncate: 1 })).rejects.toThrow()
    expect((await ask({})).signer).toBeDefined()
  })
})

test('after two rotations every node signs by the newest key, what was signed before holds by its own, and the rules hold', async () => {
  const other = await startPlatform({ databaseUrl: postgres.url, log: () => undefined })
  const before = await exchange(platform.url, { path: platformPaths.time })
  const [first] = await keys()
  const { fingerprint } = platform
  await rotateKey(database)
  const { kid } = await rotateKey(database)
  for (const { url } of [platform, other]) {
    await expect
      .poll(async () => signerOf(await exchange(url, { path: platformPaths.time }), await keys())?.kid)
      .toBe(kid)
  }
  expect(platform.fingerprint).toBe(other.fingerprint)
  expect(platform.fingerprint).not.toBe(fingerprint)
  expect(signerOf(before, await keys())?.kid).toBe(first?.kid)
  for (const rule of signatureRules) await rule.run(kit)
  await other.close()
})
