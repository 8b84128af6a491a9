import { spawn } from 'node:child_process'
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { keepAttachment } from '#electron/worker/files/rows/attachments.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { lastCommand } from '#electron/worker/outbox/rows/outboxRows.ts'
import { createPendingUploads } from '#electron/worker/outbox/rows/uploads.ts'
import { fileAnswer, platformPaths } from '#shared/contract/platform.ts'
import type { Sha256 } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { aCommand, aCounter, anIdentity, sha256Of, queueCommand } from '#tests/builders/commands.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { createKit } from '#tests/conformance/client.ts'
import { createDevice } from '#tests/conformance/device.ts'
import { startPostgres, type Postgres } from '#tests/platform/postgres.ts'
import { identityIn, openRealOutbox } from './outboxClient.ts'
import { startPlatformProcess, type PlatformProcess } from './outboxServer.ts'

let postgres: Postgres
let platform: PlatformProcess
let folder: ReturnType<typeof temporaryFolder>
let keyFile: string
let store: Store

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())
beforeEach(async () => {
  folder = temporaryFolder()
  platform = await startPlatformProcess(postgres.url, join(folder.path, 'platform'))
  keyFile = join(folder.path, 'key.pem')
  writeFileSync(
    keyFile,
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
  )
  store = openTestStore(folder.path)
})
afterEach(async () => {
  store.close()
  await platform.stop()
  const { Client } = (await import('pg')).default
  const client = new Client({ connectionString: postgres.url })
  await client.connect()
  for (const table of ['command', 'counter_state', 'deposit', 'attachment']) await client.query(`TRUNCATE ${table}`)
  await client.end()
  folder.remove()
})

/** One act with a file of so many bytes. */
function deposit(size: number): Sha256 {
  const bytes = randomBytes(size)
  const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256 // a digest has this form
  valueOf(
    store.tx((db) => {
      const seq = (lastCommand(db)?.seq ?? 0) + 1
      keepAttachment(db, store.files, { sha256, mime: 'application/pdf', bytes, at: '2026-11-21T09:00:00.000Z' })
      const data = { ...aCommand(seq).data, attachments: [{ sha256, mime: 'application/pdf', size }] }
      queueCommand(db, aCommand(seq, { data, sha256: sha256Of(data) }))
      return ok(undefined)
    }),
  )
  return sha256
}
const later = (ms: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, ms)
  })
const ask = (path: string, init: RequestInit = {}, identity = identityIn(keyFile)): Promise<Response> =>
  createDevice(platform.url, identity).fetch(path, init)
const stateOf = async (sha256: Sha256): Promise<string> =>
  fileAnswer.parse(await (await ask(platformPaths.file(sha256))).json()).state
const drain = async (): Promise<unknown> => {
  const outbox = openRealOutbox(store, identityIn(keyFile), platform.url, 5000)
  const report = await outbox.drain()
  await outbox.close()
  return report
}

test('the act goes first and stands as pending on the platform; its file follows and is then stored', async () => {
  const [small, large] = [deposit(10), deposit(12_000_000)]
  expect(createPendingUploads(store).count()).toBe(2)
  const outbox = openRealOutbox(store, identityIn(keyFile), platform.url, 5000)
  await platform.faults({ failPaths: platformPaths.uploads })
  expect(await outbox.drain()).toMatchObject({ applied: 2, pending: 0, fault: { code: 'platform.failed' } })
  expect(outbox.status()).toMatchObject({ pending: 0, filesPending: 2 })
  expect([await stateOf(small), await stateOf(large)]).toEqual(['pending', 'pending'])
  await platform.faults({})
  expect(await outbox.drain()).toMatchObject({ pending: 0 })
  expect(outbox.status().filesPending).toBeUndefined()
  expect([await stateOf(small), await stateOf(large)]).toEqual(['stored', 'stored'])
  await outbox.close()
})

test('an upload goes on after the counter and the platform were killed, and arrives whole', async () => {
  const files = [deposit(24_000_000), deposit(9_000_000), deposit(24_000_000)]
  const left: number[] = []
  // An answer that is late leaves the bytes on the way: the kills fall among them.
  await platform.faults({ slowMs: 150 })
  for (let kill = 0; kill < 6; kill += 1) {
    store.close()
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'outboxClient.ts'), folder.path, keyFile, platform.url],
      { stdio: 'ignore' },
    )
    const closed = once(child, 'close')
    await later(600 + Math.random() * 900)
    if (kill % 2 === 0) await platform.killAndRestart()
    child.kill('SIGKILL')
    await closed
    store = openTestStore(folder.path)
    left.push(createPendingUploads(store).count())
  }
  expect(left[0]).toBeGreaterThan(0)
  await platform.faults({})
  for (let tries = 0; tries < 10 && createPendingUploads(store).count() > 0; tries += 1) await drain()
  for (const sha256 of files) expect(await stateOf(sha256)).toBe('stored')
})

test("bytes of another hash are dropped, and nobody reaches another counter's upload", async () => {
  const sha256 = deposit(20)
  const created = await (async () => {
    const outbox = openRealOutbox(store, identityIn(keyFile), platform.url)
    await platform.faults({ failPaths: platformPaths.uploads })
    await outbox.drain()
    await outbox.close()
    await platform.faults({})
    return ask(platformPaths.uploads, {
      method: 'POST',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-length': '4',
        'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
      },
    })
  })()
  expect(created.status).toBe(201)
  const upload = new URL(created.headers.get('location') ?? '', platform.url + platformPaths.uploads).pathname
  const patch = {
    method: 'PATCH',
    headers: { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: 'abcd',
  }
  const other = anIdentity(aCounter('RAB03-G3'))
  expect((await createKit(platform.url, { code: 'demo' }).admit(other)).state).toBe('approved')
  expect((await ask(upload, patch, other)).status).toBe(404)
  expect((await fetch(platform.url + upload, patch)).status).toBe(401)
  expect((await ask(upload, patch)).status).toBe(460)
  expect(await stateOf(sha256)).toBe('pending')
  expect(
    (await ask(platformPaths.uploads, { method: 'POST', headers: { 'tus-resumable': '1.0.0', 'upload-length': '4' } }))
      .status,
  ).toBe(422)
  expect(await drain()).toMatchObject({ pending: 0 })
  expect(await stateOf(sha256)).toBe('stored')
})
