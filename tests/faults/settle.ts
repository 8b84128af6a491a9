import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import type pg from 'pg'
import type { CounterId } from '#shared/ids.ts'
import { countUploads } from '#electron/worker/outbox/rows/uploads.ts'
import { openTestStore, valueOf } from '#tests/builders/register.ts'
import { devicesWith, startWorker } from '#tests/builders/worker.ts'
import { filesFail, nothingLooked, notWholeThere, papersFail } from './files.ts'
import { whatFails } from './holds.ts'
import { keptPaper } from './paper.ts'
import type { Exposed } from './weather.ts'

interface Settling {
  readonly data: string
  readonly resourcesDir: string
  readonly counter: CounterId
  readonly platform: Exposed
  readonly client: pg.Client
  /** No older register was put back. */
  readonly whole: boolean
  /** Lines of the paper trail from before the last one that was. */
  readonly paperFrom: number
}

/** What both sides hold at the end. */
export interface Settled {
  readonly acts: number
  readonly refused: number
  /** Different files that acts name, and papers, whole here; and files that the platform holds whole. */
  readonly actFiles: number
  readonly papers: number
  readonly there: number
  readonly failed: readonly string[]
}

/**
 * Everything that waits is sent, in the same weather; then both sides say the same of each act, in the same order,
 * once, and each file that an act names is whole here, and there under its hash.
 */
export async function settle({
  data,
  resourcesDir,
  counter,
  platform,
  client,
  whole,
  paperFrom,
}: Settling): Promise<Settled> {
  const failed: string[] = []
  const worker = startWorker(data, devicesWith(keptPaper(join(data, 'paper.txt'))), {
    resourcesDir,
    platformUrl: platform.url,
  })
  valueOf(await worker.ask('session.signIn', { login: 'supervisor', password: 'guichet-demo' }))
  let waits = true
  for (let left = 400; waits && left > 0; left -= 1) {
    if (valueOf(await worker.ask('app.state', {})).quarantine !== undefined)
      await worker.ask('series.renew', { reason: 'spécimen' })
    await worker.ask('outbox.drain', {})
    const { pending, filesPending = 0 } = valueOf(await worker.ask('sync.status', {}))
    waits = pending > 0 || filesPending > 0
    if (waits) await later(100)
  }
  await worker.close()
  const store = openTestStore(data)
  const count = (what: string): number => store.db.get<{ n: number }>(`SELECT count(*) AS n FROM ${what}`)?.n ?? -1
  const rows = async <T extends pg.QueryResultRow>(sql: string): Promise<readonly T[]> =>
    (await client.query<T>(sql, [counter])).rows
  const ours = store.db.all<{ seq: number; id: string; state: string }>(
    'SELECT seq, id, state FROM outbox ORDER BY seq',
  )
  const theirs = await rows<{ seq: string; id: string; status: string }>(
    'SELECT seq, id, status FROM command WHERE counter_id = $1 ORDER BY seq',
  )
  const line = (seq: number, id: string, status: string): string => `${String(seq)} ${id} ${status}`
  const there = new Set(theirs.map(({ seq, id, status }) => line(Number(seq), id, status)))
  const thereAt = (seq: number): string => {
    const one = theirs.find((row) => Number(row.seq) === seq)
    return one === undefined ? 'nothing' : `${one.id} ${one.status}`
  }
  const missing = ours.filter(({ seq, id, state }) => !there.has(line(seq, id, state)))
  if (missing.length > 0)
    failed.push(
      `${String(missing.length)} acts are not on the platform as here: ${missing
        .slice(0, 3)
        .map(({ seq, id, state }) => `${line(seq, id, state)} here, ${thereAt(seq)} there`)
        .join('; ')}`,
    )
  if (theirs.length !== ours.length) failed.push(`${String(theirs.length)} acts there, ${String(ours.length)} here`)
  const alarms = await rows('SELECT seq FROM alarm WHERE counter_id = $1')
  if (alarms.length > 0) failed.push(`${String(alarms.length)} conflicts`)
  if (countUploads(store.db) > 0) failed.push('files that never came')
  const files = await rows<{ sha256: string; stored_at: Date | null }>(
    'SELECT sha256, stored_at FROM attachment WHERE counter_id = $1',
  )
  const stored = files.filter((one) => one.stored_at !== null).map((one) => one.sha256)
  if (whole && stored.length < files.length)
    failed.push(`${String(files.length - stored.length)} files the platform waits for`)
  const holds = new Set(stored)
  const named = store.db.all<{ sha256: string }>('SELECT DISTINCT sha256 FROM act_files')
  const never = named.filter(({ sha256 }) => !holds.has(sha256))
  if (never.length > 0) failed.push(`${String(never.length)} files that acts name are not on the platform`)
  const broken = notWholeThere(join(platform.files, counter), stored)
  if (broken.length > 0) failed.push(`${String(broken.length)} files on the platform are not whole`)
  failed.push(...whatFails(store, [], counter), ...(await filesFail(store, nothingLooked())))
  failed.push(...papersFail(store, join(data, 'paper.txt'), paperFrom, nothingLooked()))
  const settled = {
    acts: ours.length,
    refused: ours.filter(({ state }) => state === 'rejected').length,
    actFiles: count('files WHERE sha256 IN (SELECT sha256 FROM act_files)'),
    papers: count('papers WHERE file_sha256 IS NOT NULL'),
    there: stored.length - broken.length,
    failed,
  }
  store.close()
  return settled
}
