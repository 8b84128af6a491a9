import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as later } from 'node:timers/promises'
import pg from 'pg'
import { createJournal } from '#electron/worker/journal/journal.ts'
import { openOutbox } from '#electron/worker/outbox/pump.ts'
import { createHttpTransport } from '#electron/worker/outbox/send.ts'
import { createOutboxStore } from '#electron/worker/outbox/rows/outboxStore.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { eventsBatchType } from '#shared/contract/platform.ts'
import { counterId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { aCommand, anIdentity, queueCommand } from '#tests/builders/commands.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { withDemoCode } from '#tests/integration/outboxClient.ts'
import { startPlatform } from '#tests/platform/startPlatform.ts'
import { startPostgres } from '#tests/platform/postgres.ts'
import { against, timed, type Figure } from './measure.ts'

/**
 * Acts, their number in one batch, and the padding that makes one as long as a real deposit (1.4 kB).
 */
export const setting = { acts: 10_000, batch: 500, padding: 520 } as const

/**
 * Drains 10,000 acts from the encrypted register to the reference platform on real PostgreSQL. The floor, measured in
 * turns with it: the same bytes posted to a bare server that inserts them with one commit per batch, nothing checked.
 */
export async function benchDrain(runs: number): Promise<readonly Figure[]> {
  const postgres = await startPostgres()
  const platform = await startPlatform({ databaseUrl: postgres.url, log: () => undefined })
  const bare = await startBareServer(postgres.url)
  let round = 0
  try {
    const [drained, posted] = await against(
      runs,
      () => drainOnce(platform.url, (round += 1)),
      () => postBare(bare.url, round),
    )
    const rate = (ms: number): number => setting.acts / (ms / 1000)
    const floor = { name: `bare POST, one commit per ${String(setting.batch)}`, value: rate(posted) }
    return [{ name: 'drain of 10,000 acts', value: rate(drained), floor, unit: '/s', runs }]
  } finally {
    await bare.close()
    await platform.close()
    await postgres.stop()
  }
}

export const actsOf = (round: number) => {
  const counter = counterId.parse(`BEN${String(round)}-G1`)
  return Array.from({ length: setting.acts }, (_, at) => aCommand(at + 1, { counterid: counter }, setting.padding))
}

export async function drainOnce(url: string, round: number): Promise<number> {
  const folder = temporaryFolder()
  const store = openTestStore(folder.path)
  const acts = actsOf(round)
  valueOf(
    store.tx((db) => {
      for (const act of acts) queueCommand(db, act)
      return ok(undefined)
    }),
  )
  const identity = anIdentity(counterId.parse(`BEN${String(round)}-G1`))
  const outbox = openOutbox({
    store: withDemoCode(createOutboxStore(store, createJournal(systemClock, identity.counterId, store.db))),
    transport: createHttpTransport({ baseUrl: url, identity, clock: systemClock }),
    identity,
    clock: systemClock,
    random: Math.random,
    onChange: () => undefined,
  })
  await later(200)
  let applied = 0
  const ms = await timed(async () => {
    applied = (await outbox.drain()).applied
  })
  if (applied !== setting.acts) throw new Error(`${String(applied)} acts drained`)
  await outbox.close()
  store.close()
  folder.remove()
  return ms
}

async function postBare(url: string, round: number): Promise<number> {
  const texts = actsOf(round).map((act) => JSON.stringify(act))
  await later(200)
  return timed(async () => {
    for (let from = 0; from < texts.length; from += setting.batch) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': eventsBatchType },
        body: `[${texts.slice(from, from + setting.batch).join(',')}]`,
      })
      await response.text()
    }
  })
}

async function startBareServer(databaseUrl: string): Promise<{ url: string; close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('CREATE TABLE bare (n bigserial PRIMARY KEY, envelope text NOT NULL)')
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = []
    request
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', () => {
        const rows = (JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown[]).map((row) => JSON.stringify(row))
        const values = rows.map((_, at) => `($${String(at + 1)})`).join(',')
        void client.query(`INSERT INTO bare (envelope) VALUES ${values}`, rows).then(() => response.end('{}'))
      })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await client.end()
    },
  }
}
