import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { startPlatform } from '#tests/platform/startPlatform.ts'
import { startPostgres } from '#tests/platform/postgres.ts'
import { temporaryFolder } from '#tests/builders/register.ts'
import { actsOf, drainOnce, setting } from './drain.ts'
import { against, timed, type Figure } from './measure.ts'

/** What is used of PouchDB 9. */
interface Database {
  bulkDocs(docs: readonly object[]): Promise<unknown>
  replicate: {
    to(
      other: Database,
      options: { batch_size: number; batches_limit: number },
    ): Promise<{ docs_written: number; ok: boolean }>
  }
  close(): Promise<void>
}
type Pouch = (new (name: string) => Database) & { defaults(options: { prefix: string }): Pouch }

const home = join(import.meta.dirname, 'peer', 'package.json')
// The peer's packages are no part of the project: they are loaded from a folder of their own, if somebody installed
// them there.
const load = createRequire(home)

/**
 * The same 10,000 acts by what most people would take: PouchDB on LevelDB, replicated to a CouchDB-compatible server on
 * LevelDB (express-pouchdb),
 * in turns with our drain. The peer neither orders nor judges nor fsyncs what it takes.
 */
export async function benchPeer(runs: number): Promise<readonly Figure[]> {
  if (!existsSync(join(home, '..', 'node_modules'))) {
    console.error('peer: not installed; npm ci --prefix tests/bench/peer')
    return []
  }
  const folder = temporaryFolder()
  const PouchDB = load('pouchdb') as Pouch // its main export
  const express = load('express') as () => { use(path: string, part: unknown): void } & Parameters<
    typeof createServer
  >[1]
  const serve = load('express-pouchdb') as (
    of: Pouch,
    options: { mode: string; logPath: string; configPath: string },
  ) => unknown
  const app = express()
  app.use(
    '/',
    serve(PouchDB.defaults({ prefix: join(folder.path, 'server-') }), {
      mode: 'minimumForPouchDB',
      logPath: join(folder.path, 'log'),
      configPath: join(folder.path, 'config.json'),
    }),
  )
  const server = createServer(app)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo // it listens on TCP
  const postgres = await startPostgres()
  const platform = await startPlatform({ databaseUrl: postgres.url, log: () => undefined })
  let round = 0
  const replicated = async (): Promise<number> => {
    const local = new PouchDB(join(folder.path, `client-${String(round)}`))
    await local.bulkDocs(actsOf(round).map(({ id, ...act }) => ({ _id: id, ...act })))
    await later(200)
    let written = 0
    const ms = await timed(async () => {
      written = (
        await local.replicate.to(new PouchDB(`http://127.0.0.1:${String(port)}/acts-${String(round)}`), {
          batch_size: setting.batch,
          batches_limit: 10,
        })
      ).docs_written
    })
    await local.close()
    if (written !== setting.acts) throw new Error(`${String(written)} documents replicated`)
    return ms
  }
  try {
    const [ours, theirs] = await against(runs, () => drainOnce(platform.url, (round += 1)), replicated)
    const rate = (ms: number): number => setting.acts / (ms / 1000)
    return [
      {
        name: 'drain of 10,000 acts',
        value: rate(ours),
        floor: { name: 'PouchDB → express-pouchdb', value: rate(theirs) },
        unit: '/s',
        runs,
      },
    ]
  } finally {
    server.closeAllConnections()
    server.close()
    await platform.close()
    await postgres.stop()
    folder.remove()
  }
}
