import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createSigner } from '#electron/worker/outbox/auth.ts'
import { createDevice } from '#tests/conformance/device.ts'
import {
  changesAnswer,
  codeAnswer,
  enrolmentAnswer,
  eventsBatchType,
  platformPaths,
} from '#shared/contract/platform.ts'
import { fingerprintOf } from '#shared/domain/enrolment.ts'
import { procedure } from '#shared/domain/request/procedure.ts'
import { commands } from '#tests/builders/commands.ts'
import { temporaryFolder } from '#tests/builders/register.ts'
import { createKit, type KitCounter } from '#tests/conformance/client.ts'
import { startPostgres, type Postgres } from '#tests/platform/postgres.ts'
import { rules } from '#tests/conformance/rules.ts'
import { startPlatform } from '#tests/platform/startPlatform.ts'

const root = join(import.meta.dirname, '..', '..')
let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

const acts = (counter: KitCounter, count: number, first = 1) =>
  commands(count, first, { counterid: counter.identity.counterId })
const run = (args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
  spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: undefined, ...env },
  })
async function lines(child: ChildProcess): Promise<string[]> {
  const all: string[] = []
  if (child.stdout !== null) for await (const line of createInterface({ input: child.stdout })) all.push(line)
  return all
}

test('as a program: one line when ready, a clean end on SIGTERM, and what was taken is there the next time', async () => {
  const folder = temporaryFolder()
  const started = z.object({ url: z.string(), database: z.string() })
  const start = async () => {
    const child = run(['tests/platform/index.ts', '--port', '0', '--data', join(folder.path, 'new', 'data')])
    const ended = once(child, 'exit')
    const all: string[] = []
    const first = new Promise<string>((said) => {
      if (child.stdout !== null)
        createInterface({ input: child.stdout }).on('line', (line) => {
          all.push(line)
          said(line)
        })
    })
    return {
      ...started.parse(JSON.parse(await first)),
      all,
      stop: async () => {
        child.kill('SIGTERM')
        return (await ended)[0] as unknown
      },
    }
  }
  const first = await start()
  expect(first.database).toMatch(/^PostgreSQL \d/)
  const counter = await createKit(first.url, { code: 'demo' }).counter()
  const batch = acts(counter, 3)
  await counter.take(batch)
  expect(await first.stop()).toBe(0)
  expect(first.all).toHaveLength(1)
  const second = await start()
  const again = await createKit(second.url, { code: 'demo' }).ask(
    'POST',
    platformPaths.commands(counter.identity.counterId),
    {
      body: JSON.stringify(batch),
      type: eventsBatchType,
      as: createDevice(second.url, counter.identity),
    },
  )
  expect(again.body).toMatchObject({
    lastSeq: 3,
    results: [{ status: 'duplicate' }, { status: 'duplicate' }, { status: 'duplicate' }],
  })
  expect(await second.stop()).toBe(0)
  folder.remove()
}, 60_000)

test('two servers over one database, started at once, are one platform', async () => {
  const servers = await Promise.all(
    [0, 1].map(() => startPlatform({ databaseUrl: postgres.url, log: () => undefined })),
  )
  const [one, two] = servers.map((server) => createKit(server.url, { code: 'demo' }))
  if (one === undefined || two === undefined) throw new Error('unreachable')
  const counter = await one.counter()
  const devices = servers.map((server) => createDevice(server.url, counter.identity))
  for (let round = 0; round < 10; round += 1) {
    const body = JSON.stringify(acts(counter, 30, 1 + round * 30))
    const sent = await Promise.all(
      [one, two].map((kit, at) =>
        kit.ask('POST', platformPaths.commands(counter.identity.counterId), {
          body,
          type: eventsBatchType,
          ...(devices[at] && { as: devices[at] }),
        }),
      ),
    )
    const results = sent.map(
      (answer) => z.object({ results: z.array(z.object({ status: z.string() })) }).parse(answer.body).results,
    )
    for (let at = 0; at < 30; at += 1)
      expect(results.map((list) => list[at]?.status).sort()).toEqual(['applied', 'duplicate'])
  }
  await Promise.all(servers.map((server) => server.close()))
})

test('tokens, nonces and seen proofs are those of the platform, not of a node', async () => {
  const servers = await Promise.all(
    [0, 1].map(() => startPlatform({ databaseUrl: postgres.url, log: () => undefined })),
  )
  const [one = '', two = ''] = servers.map((server) => server.url)
  const counter = await createKit(one, { code: 'demo' }).counter()
  const path = platformPaths.counter(counter.identity.counterId)
  // Made for the address of the first: the second refuses it, and takes one for its own with the same token and nonce.
  const headers = await counter.device.headers('GET', path)
  expect((await fetch(two + path, { headers })).status).toBe(401)
  const token = (headers['authorization'] ?? '').replace('DPoP ', '')
  const nonce = (await fetch(one + path)).headers.get('dpop-nonce') ?? ''
  expect((await fetch(two + path)).headers.get('dpop-nonce')).toBe(nonce)
  const proof = await createSigner(counter.identity).proof({ method: 'GET', url: two + path, nonce, token }, new Date())
  const ask = (): Promise<number> =>
    fetch(two + path, { headers: { authorization: `DPoP ${token}`, dpop: proof } }).then((answer) => answer.status)
  expect([await ask(), await ask()]).toEqual([200, 401])
  await Promise.all(servers.map((server) => server.close()))
})

test('behind a proxy a proof is for the address that counters ask', async () => {
  const server = await startPlatform({
    databaseUrl: postgres.url,
    address: 'https://platform.example/guichet/',
    log: () => undefined,
  })
  const identity = createKit(server.url, { code: 'demo' }).newIdentity()
  const enrol = async (url: string): Promise<number> => {
    const nonce = (await fetch(server.url + platformPaths.time)).headers.get('dpop-nonce') ?? ''
    const dpop = await createSigner(identity).proof(
      { method: 'POST', url: url + platformPaths.enrolments, nonce },
      new Date(),
    )
    const body = JSON.stringify({ counterId: identity.counterId, code: 'demo', publicKey: identity.publicKey })
    return (
      await fetch(server.url + platformPaths.enrolments, {
        method: 'POST',
        headers: { 'content-type': 'application/json', dpop },
        body,
      })
    ).status
  }
  expect([await enrol(server.url), await enrol('https://platform.example/guichet')]).toEqual([401, 200])
  await server.close()
})

test('without an open code only one-time codes enrol, and without an operator nobody makes them', async () => {
  const server = await startPlatform({ databaseUrl: postgres.url, openCode: '', log: () => undefined })
  const kit = createKit(server.url, { code: 'demo' })
  expect(await kit.enrol(kit.newIdentity(), 'demo')).toMatchObject({ status: 403, body: { code: 'code-refused' } })
  const headers = { authorization: 'Bearer ' }
  expect(
    (await kit.ask('POST', platformPaths.codes, { body: JSON.stringify({ counterId: 'RAB03-G2' }), headers })).status,
  ).toBe(401)
  await server.close()
})

test('after ten wrong codes of a key none of it is looked at; others enrol; what the operator decided and which devices asked is on his page', async () => {
  const server = await startPlatform({
    databaseUrl: postgres.url,
    openCode: '',
    operator: 'operator',
    log: () => undefined,
  })
  const kit = createKit(server.url, { code: '' })
  const headers = { authorization: 'Bearer operator' }
  const codeFor = async (counterId: string): Promise<string> =>
    codeAnswer.parse(
      (await kit.ask('POST', platformPaths.codes, { body: JSON.stringify({ counterId }), headers })).body,
    ).code
  const [tried, other] = [kit.newIdentity(), kit.newIdentity()]
  const right = await codeFor(tried.counterId)
  for (let at = 0; at < 10; at += 1)
    expect(await kit.enrol(tried, `WRONG-${String(at)}`)).toMatchObject({ status: 403, body: { code: 'code-refused' } })
  const held = await kit.enrol(tried, right)
  expect(held).toMatchObject({ status: 429, body: { code: 'codes-exhausted' } })
  expect(Number(held.retryAfter)).toBeGreaterThan(0)
  const code = await codeFor(other.counterId)
  expect(await kit.enrol(other, code)).toMatchObject({ status: 200, body: { state: 'pending' } })
  const { kid } = enrolmentAnswer.parse((await kit.enrol(other, code)).body)
  for (const state of ['approved', 'revoked']) {
    expect(
      (await kit.ask('POST', platformPaths.device(other.counterId, kid), { body: JSON.stringify({ state }), headers }))
        .status,
    ).toBe(200)
  }
  const page = await (await fetch(`${server.url}/operations`, { headers })).text()
  for (const shown of ['Code made', 'Device approved', 'Device revoked', fingerprintOf(kid), '>never<'])
    expect(page).toContain(shown)
  expect(page).not.toContain(code)
  await server.close()
})

test('above its bound it answers 429 and says when to come back', async () => {
  const server = await startPlatform({ databaseUrl: postgres.url, bound: 1, log: () => undefined })
  const kit = createKit(server.url, { code: 'demo' })
  const counters = await Promise.all(Array.from({ length: 8 }, () => kit.counter()))
  const answers = await Promise.all(counters.map((counter) => counter.post(acts(counter, 300))))
  const busy = answers.filter((answer) => answer.status === 429)
  expect(busy.length).toBeGreaterThan(0)
  expect(answers.filter((answer) => answer.status === 200).length).toBe(8 - busy.length)
  for (const answer of busy) expect(Number(answer.retryAfter)).toBeGreaterThan(0)
  await server.close()
})

test('a conflict raises an alarm that names the counter and the number, and keeps both acts', async () => {
  const said: string[] = []
  const server = await startPlatform({
    databaseUrl: postgres.url,
    log: (line) => {
      said.push(line)
    },
  })
  const counter = await createKit(server.url, { code: 'demo' }).counter()
  await counter.take(acts(counter, 1))
  const other = acts(counter, 1)
  await counter.take(other)
  await counter.take(other)
  expect(said[0]).toBe(`conflict: counter ${counter.identity.counterId}, seq 1`)
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  expect(
    (await client.query('SELECT seq, id FROM alarm WHERE counter_id = $1', [counter.identity.counterId])).rows,
  ).toEqual([{ seq: '1', id: other[0]?.id }])
  await client.end()
  await server.close()
})

test('the feed gives what changed since the cursor: a new version whole, a withdrawn sheet as a tombstone', async () => {
  const folder = temporaryFolder()
  const resources = join(folder.path, 'resources')
  for (const name of ['procedures', 'calendars', 'seed'])
    cpSync(join(root, 'resources', name), join(resources, name), { recursive: true })
  // The accounts are of the demonstration office; the counters of the kit are of others.
  const published = readdirSync(join(resources, 'procedures')).length + readdirSync(join(resources, 'calendars')).length
  // A database of its own, so that no other server publishes meanwhile.
  const own = await startPostgres()
  const read = async (after?: string) => {
    const server = await startPlatform({ databaseUrl: own.url, resources, log: () => undefined })
    const counter = await createKit(server.url, { code: 'demo' }).counter()
    const page = changesAnswer.parse(await counter.changes(after))
    await server.close()
    return page
  }
  const all = await read()
  expect(all.changes).toHaveLength(published)
  expect(await read(all.cursor)).toEqual({ changes: [], cursor: all.cursor, more: false })
  const file = join(resources, 'procedures', 'permis-habiter.json')
  const sheet = procedure.parse(JSON.parse(readFileSync(file, 'utf8')))
  writeFileSync(file, JSON.stringify({ ...sheet, version: '2026.2' }))
  rmSync(join(resources, 'procedures', 'extrait-naissance.json'))
  expect((await read(all.cursor)).changes).toEqual([
    { kind: 'procedure', key: 'EXTRAIT-NAISSANCE', deleted: true },
    { kind: 'procedure', key: 'PERMIS-HABITER', deleted: false, body: { ...sheet, version: '2026.2' } },
  ])
  expect((await read()).changes).toHaveLength(published)
  await own.stop()
  folder.remove()
})

test('the conformance kit as a program: every rule has a verdict, and one that is broken fails the run', async () => {
  const server = await startPlatform({
    databaseUrl: postgres.url,
    openCode: '',
    operator: 'of the test',
    log: () => undefined,
  })
  const good = run(['tests/conformance/run.ts', '--url', server.url, '--operator', 'of the test'])
  const [said, [code]] = await Promise.all([lines(good), once(good, 'exit')])
  expect([said.at(-1), code]).toEqual([`${String(rules.length)} hold, 0 broken`, 0])
  await server.close()

  const bad = createServer((_, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end('{"status":"ok","version":"1","now":"2026-11-21T10:00:00Z"}')
  })
  bad.listen(0, '127.0.0.1')
  await once(bad, 'listening')
  const address = bad.address()
  const failing = run([
    'tests/conformance/run.ts',
    '--json',
    '--operator',
    'x',
    '--url',
    `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : '')}`,
  ])
  const [verdicts, [status]] = await Promise.all([lines(failing), once(failing, 'exit')])
  expect(status).toBe(1)
  expect(verdicts.map((line) => z.looseObject({ holds: z.boolean() }).parse(JSON.parse(line)).holds)).toEqual([
    true,
    ...Array.from({ length: rules.length - 1 }, () => false),
  ])
  bad.close()
}, 60_000)
