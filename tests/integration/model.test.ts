import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { identityToRecipient } from 'age-encryption'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { repairKind } from '#shared/contract/act.ts'
import { counterId } from '#shared/ids.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { takeExport } from '#tests/platform/carrier.ts'
import { openSecrets } from '#tests/platform/secrets.ts'
import { openDatabase, type Database } from '#tests/platform/database.ts'
import { openFiles } from '#tests/platform/files.ts'
import { startPlatform, type RunningPlatform } from '#tests/platform/startPlatform.ts'
import { startPostgres, type Postgres } from '#tests/platform/postgres.ts'
import { createCounter, type Counter } from './model/counter.ts'
import { createModel, type KnownAct, type Model } from './model/model.ts'

/** `npm run model` makes many long histories; the usual run a few short ones. */
const runs = Number(process.env['MODEL_RUNS'] ?? '12')
const longest = Number(process.env['MODEL_STEPS'] ?? '25')
const identity =
  readFileSync(join(import.meta.dirname, '..', 'platform', 'demo-platform.age'), 'utf8').split('\n')[1] ?? ''

let postgres: Postgres
let platform: RunningPlatform
let database: Database
let client: pg.Client
beforeAll(async () => {
  postgres = await startPostgres()
  platform = await startPlatform({ databaseUrl: postgres.url, faults: true, log: () => undefined })
  database = await openDatabase({ url: postgres.url, log: () => undefined })
  client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.close()
  await platform.close()
  await postgres.stop()
})

const pick = fc.nat(1000)
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('deposit' as const), taken: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('repair' as const), how: fc.constantFrom(...repairKind.options), pick }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('drain' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('kill' as const), ms: fc.nat(25) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('network' as const),
      is: fc.constantFrom('down' as const, 'bad' as const, 'good' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'free' as const,
        'export' as const,
        'stick' as const,
        'answers' as const,
        'backup' as const,
        'restore' as const,
      ),
      pick,
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const networks = {
  down: { down: true },
  bad: { loseAnswers: 0.25, fail: 0.15, garbage: 0.1, truncate: 0.1 },
  good: {},
} as const
const at = <T>(list: readonly T[], chosen: number): T | undefined => list[chosen % Math.max(1, list.length)]

/** One history of one counter, step by step beside its model. */
interface History {
  counter: Counter
  readonly model: Model
  readonly folder: string
  readonly backups: string[]
  readonly sticks: Uint8Array[]
  readonly answers: Uint8Array[]
}

const taken = (number: string, counter: string) =>
  client.query(
    `INSERT INTO deposit (counter_id, number, request_id, procedure_code, complete, seq) VALUES ($1, $2, $3, 'X', true, 0) ON CONFLICT DO NOTHING`,
    [counter, number, v7()],
  )
const held = async (counter: string): Promise<readonly { seq: number; id: string; status: string }[]> =>
  (
    await client.query<{ seq: number; id: string; status: string }>(
      'SELECT seq::int, id, status FROM command WHERE counter_id = $1 ORDER BY seq',
      [counter],
    )
  ).rows
const known = (history: History, pickOne: number): KnownAct | undefined =>
  at(
    [...history.model.known.values()].filter((one) => one.repairs === undefined),
    pickOne,
  )

async function take(history: History, one: Step): Promise<void> {
  const { counter, model, folder, backups, sticks, answers } = history
  switch (one.kind) {
    case 'deposit': {
      const { id, number } = valueOf(counter.deposit())
      model.deposited(id, number, one.taken)
      if (one.taken) await taken(number, counter.counter)
      return
    }
    case 'repair': {
      const act = known(history, one.pick)
      const made = act && counter.repair(one.how, act.id)
      if (act !== undefined && made?.ok === true) model.repaired(made.value, one.how, act)
      return
    }
    case 'drain':
      await counter.drain()
      return
    case 'kill':
      history.counter = await counter.killed(one.ms, join(folder, v7()))
      return
    case 'network':
      platform.faults?.set(networks[one.is])
      return
    case 'free': {
      // Only when nothing is under way is it certain what the platform says next.
      const act = known(history, one.pick)
      if (act === undefined || counter.acts().some(({ state }) => state === 'pending' || state === 'sending')) return
      await client.query('DELETE FROM deposit WHERE counter_id = $1 AND number = $2 AND seq = 0', [
        counter.counter,
        act.number,
      ])
      model.freed(act.number)
      return
    }
    case 'export': {
      const stick = join(folder, v7())
      const order = { chooseFile: () => Promise.resolve(stick), signal: new AbortController().signal, evenEmpty: true }
      valueOf(await counter.carrier.export({ code: 'AG-014' }, order))
      sticks.push(new Uint8Array(readFileSync(stick)))
      return
    }
    case 'stick': {
      const stick = at(sticks, one.pick)
      if (stick === undefined) return
      answers.push(
        (
          await takeExport(
            {
              database,
              secrets: await openSecrets(database),
              files: openFiles(database, folder),
              openCode: 'demo',
              identity,
            },
            stick,
          )
        ).sealed,
      )
      return
    }
    case 'answers': {
      const file = at(answers, one.pick)
      if (file !== undefined) await counter.carrier.take({ code: 'AG-014' }, file)
      return
    }
    case 'backup': {
      const to = join(folder, `backup-${v7()}`)
      counter.backup(to)
      backups.push(to)
      return
    }
    case 'restore':
      await restore(history, at(backups, one.pick))
      return
  }
}

/**
 * An older register must notice that it is one, take no act, and go on in a new series with what the platform holds.
 */
async function restore(history: History, backup: string | undefined): Promise<void> {
  if (backup === undefined) return
  const before = new Set(history.counter.acts().map((act) => act.id))
  history.counter = history.counter.restored(backup)
  const behind = history.counter.acts().length < before.size
  if (behind) expect(history.counter.barred()).toBe('register.quarantined')
  if (history.counter.barred() === undefined) return
  expect(history.counter.deposit()).toMatchObject({ fault: { code: 'register.quarantined' } })
  platform.faults?.set({})
  await history.counter.renew()
  expect(history.counter.barred()).toBeUndefined()
  const kept = new Set([
    ...history.counter.acts().map((act) => act.id),
    ...(await held(history.counter.counter)).map((row) => row.id),
  ])
  history.model.lost(kept)
  // An export of before may carry acts that are lost now; it is not taken to the platform any more.
  history.sticks.length = 0
  history.answers.length = 0
}

/** Nothing that was heard is missing, nothing is there twice, and both sides say the same. */
async function check({ counter, model }: History): Promise<void> {
  platform.faults?.set({})
  expect(await counter.drain()).toMatchObject({ pending: 0 })
  expect(counter.flaws()).toEqual([])
  expect(model.flaws()).toEqual([])
  const [ours, theirs] = [counter.acts(), await held(counter.counter)]
  expect(ours.map((act) => act.seq)).toEqual(ours.map((_, index) => index + 1))
  expect(theirs.map(({ seq, id, status }) => [seq, id, status])).toEqual(
    ours.map(({ seq, id, state }) => [seq, id, state]),
  )
  const said = new Map(theirs.map((row) => [row.id, row.status]))
  expect([...model.known.values()].map(({ id }) => [id, said.get(id)])).toEqual(
    [...model.known.values()].map(({ id, expected }) => [id, expected]),
  )
  expect((await client.query('SELECT seq FROM alarm WHERE counter_id = $1', [counter.counter])).rows).toEqual([])
}

test('whatever is done, killed, cut, carried, doubled or restored: what was heard is kept once, in order, on both sides', async () => {
  const recipient = await identityToRecipient(identity)
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: longest, size: 'max' }), async (steps) => {
      const folder = temporaryFolder()
      platform.faults?.set({})
      const counter = createCounter(
        join(folder.path, 'first'),
        counterId.parse(`MODEL${String((run += 1) % 10_000)}-G1`),
        platform.url,
        recipient,
      )
      const history: History = {
        counter,
        model: createModel(),
        folder: folder.path,
        backups: [],
        sticks: [],
        answers: [],
      }
      try {
        for (const one of steps) await take(history, one)
        await check(history)
      } finally {
        history.counter.close()
        folder.remove()
      }
    }),
    { numRuns: runs, ...(process.env['MODEL_SEED'] === undefined ? {} : { seed: Number(process.env['MODEL_SEED']) }) },
  )
}, 3_600_000)
