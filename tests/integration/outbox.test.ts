import { spawn, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Outbox } from '#electron/worker/outbox/ports.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { commands } from '#tests/builders/commands.ts'
import { openTestStore, temporaryFolder } from '#tests/builders/register.ts'
import { startPostgres, type Postgres } from '#tests/platform/postgres.ts'
import { commit, identityIn, openRealOutbox } from './outboxClient.ts'
import { startPlatformProcess, type PlatformProcess } from './outboxServer.ts'

let postgres: Postgres
let platform: PlatformProcess
let database: pg.Client
let folder: ReturnType<typeof temporaryFolder>
let keyFile: string

beforeAll(async () => {
  postgres = await startPostgres()
  platform = await startPlatformProcess(postgres.url)
  database = new pg.Client({ connectionString: postgres.url })
  await database.connect()
})
afterAll(async () => {
  await database.end()
  await platform.stop()
  await postgres.stop()
})
beforeEach(async () => {
  folder = temporaryFolder()
  keyFile = join(folder.path, 'key.pem')
  writeFileSync(
    keyFile,
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
  )
  for (const table of ['command', 'counter_state', 'deposit', 'alarm']) await database.query(`TRUNCATE ${table}`)
  await platform.faults({})
})
/** What a test left running must not go on into the next. */
const children = new Set<ChildProcess>()
const outboxes = new Set<Outbox>()
afterEach(async () => {
  for (const outbox of outboxes) await outbox.close()
  for (const child of children) child.kill('SIGKILL')
  folder.remove()
})

const later = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** Every act of the register is on the platform exactly once, in its place, and the register knows it. */
async function expectExactlyOnce(store: Store, count: number): Promise<void> {
  const ours = store.db.all<{ seq: number; id: string; state: string }>(
    'SELECT seq, id, state FROM outbox ORDER BY seq',
  )
  const { rows: theirs } = await database.query<{ seq: string; id: string }>(
    `SELECT seq, id FROM command WHERE status = 'applied' ORDER BY seq`,
  )
  expect(ours).toHaveLength(count)
  expect(new Set(ours.map((row) => row.state))).toEqual(new Set(['applied']))
  expect(theirs.map(({ seq, id }) => `${seq} ${id}`)).toEqual(ours.map(({ seq, id }) => `${String(seq)} ${id}`))
  expect(
    (await database.query('SELECT count(DISTINCT number)::int AS numbers, count(*)::int AS rows FROM deposit')).rows,
  ).toEqual([{ numbers: count, rows: count }])
  expect((await database.query('SELECT seq FROM alarm')).rows).toEqual([])
}

test('acts committed while every fifth answer is lost and the platform is killed again and again', async () => {
  const store = openTestStore(folder.path)
  const outbox = openRealOutbox(store, identityIn(keyFile), platform.url)
  outboxes.add(outbox)
  await platform.faults({ loseAnswers: 0.2 })
  const total = 3000
  let kills = 0
  let committing = true
  const killing = (async () => {
    while (committing) {
      await later(500 + Math.random() * 300)
      await platform.killAndRestart()
      kills += 1
    }
  })()
  for (let first = 1; first <= total; first += 10) {
    commit(store, commands(10, first))
    outbox.wake()
    await later(15)
  }
  committing = false
  await killing
  while (outbox.status().pending > 0) await outbox.drain()
  expect(kills).toBeGreaterThanOrEqual(3)
  await expectExactlyOnce(store, total)
  await outbox.close()
  store.close()
}, 60_000)

test('a platform that answers 500, noise, half answers or too late in turns', async () => {
  const store = openTestStore(folder.path)
  const outbox = openRealOutbox(store, identityIn(keyFile), platform.url, 300)
  outboxes.add(outbox)
  const total = 1200
  for (const [at, faults] of [{ fail: 0.5 }, { garbage: 0.5 }, { truncate: 0.5 }, { slowMs: 600 }].entries()) {
    await platform.faults(faults)
    const batch = commands(total / 4, 1 + (at * total) / 4)
    for (let from = 0; from < batch.length; from += 50) {
      commit(store, batch.slice(from, from + 50))
      outbox.wake()
      await later(60)
    }
  }
  while (outbox.status().fault?.code !== 'platform.timeout') await later(20)
  expect(outbox.status().link).toBe('offline')
  await platform.faults({})
  while (outbox.status().pending > 0) await outbox.drain()
  expect(outbox.status()).toMatchObject({ link: 'online', refused: 0 })
  await expectExactlyOnce(store, total)
  await outbox.close()
  store.close()
}, 60_000)

function drainInAnotherProcess(): ChildProcess {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'outboxClient.ts'), folder.path, keyFile, platform.url],
    { stdio: 'inherit' },
  )
  children.add(child)
  return child
}

test('the counter killed at any moment of a drain finds out where it stood', async () => {
  const total = 4000
  const before = openTestStore(folder.path)
  for (let first = 1; first <= total; first += 500) commit(before, commands(500, first))
  before.close()
  await platform.faults({ loseAnswers: 0.2, slowMs: 100 })
  const taken = async (): Promise<number> =>
    (await database.query<{ n: number }>('SELECT count(*)::int AS n FROM command')).rows[0]?.n ?? 0
  for (let kills = 0; kills < 4; kills += 1) {
    const child = drainInAnotherProcess()
    const before = await taken()
    // Killed just after the platform committed a batch: while the answer is on its way, lost, or being written down.
    while ((await taken()) === before) await later(10)
    await later(Math.random() * 150)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await taken()).toBeLessThan(total)
  }
  expect((await once(drainInAnotherProcess(), 'exit'))[0]).toBe(0)
  const store = openTestStore(folder.path)
  await expectExactlyOnce(store, total)
  store.close()
}, 60_000)
