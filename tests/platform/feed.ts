import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { account, type Change } from '#shared/contract/platform.ts'
import { calendar } from '#shared/domain/clock/calendar.ts'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { procedure } from '#shared/domain/request/procedure.ts'
import type { Database } from './database.ts'

const feed = 'reference'
const pageSize = 200

interface Row {
  readonly kind: string
  readonly key: string
  readonly position: string | number
  readonly deleted: boolean
  readonly body: string | null
  readonly office: string | null
}

/** What concerns one office goes to its counters only; everything else to all. */
const officeOf = (row: Change): string | null =>
  row.kind === 'appointment' || row.kind === 'mail-disposition' ? (row.body?.office ?? null) : null

/** The procedure sheets, calendars and demonstration accounts of `resources`, as rows of the feed. */
export function readSeeds(resources: string): readonly Change[] {
  const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
  const folder = join(resources, 'procedures')
  const sheets = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => procedure.parse(read(join(folder, name))))
  const year = (name: string) =>
    ({
      kind: 'calendar',
      key: name.replace(/\.json$/, ''),
      deleted: false,
      body: calendar.parse(read(join(resources, 'calendars', name))),
    }) as const
  const accounts = z.array(account).parse(read(join(resources, 'seed', 'accounts.json')))
  return [
    ...sheets.map((body) => ({ kind: 'procedure', key: body.code, deleted: false, body }) as const),
    ...readdirSync(join(resources, 'calendars'))
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map(year),
    ...accounts.map((body) => ({ kind: 'account', key: body.login, deleted: false, body }) as const),
  ]
}

/**
 * Publishes the wanted rows: new or changed ones get new positions, missing ones become tombstones.
 * Positions are given under the lock of the feed's row, so a reader never passes one that is not yet visible.
 */
export async function publish(database: Database, wanted: readonly Change[]): Promise<void> {
  await database.transaction(async (session) => {
    await session.query('INSERT INTO feed_state (feed, position) VALUES ($1, 0) ON CONFLICT DO NOTHING', [feed])
    const [state] = await session.query<{ position: string | number }>(
      'SELECT position FROM feed_state WHERE feed = $1 FOR UPDATE',
      [feed],
    )
    let position = Number(state?.position ?? 0)
    const present = await session.query<Row>(
      'SELECT kind, key, position, deleted, body, office FROM reference WHERE feed = $1',
      [feed],
    )
    const put = (kind: string, key: string, body: string | null, office: string | null = null): Promise<unknown> =>
      session.query(
        `INSERT INTO reference (feed, kind, key, position, deleted, body, office) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (feed, kind, key) DO UPDATE SET position = excluded.position, deleted = excluded.deleted, body = excluded.body`,
        [feed, kind, key, (position += 1), body === null, body, office],
      )
    for (const row of wanted) {
      const body = row.deleted || row.body === undefined ? null : canonicalJson(row.body)
      const old = present.find((one) => one.kind === row.kind && one.key === row.key)
      if (body !== null && old?.body !== body) await put(row.kind, row.key, body, officeOf(row))
    }
    const kept = new Set(wanted.filter((row) => !row.deleted).map((row) => `${row.kind} ${row.key}`))
    for (const row of present)
      if (!row.deleted && !kept.has(`${row.kind} ${row.key}`)) await put(row.kind, row.key, null, row.office)
    await session.query('UPDATE feed_state SET position = $2 WHERE feed = $1', [feed, position])
  })
}

/** One page of the feed after a position, as the counters of an office see it; `last` is where the next one begins. */
export async function changesAfter(
  database: Database,
  office: string,
  after: number,
): Promise<{ changes: unknown[]; last: number; more: boolean }> {
  const rows = await database.query<Row>(
    `SELECT kind, key, position, deleted, body, office FROM reference WHERE feed = $1 AND position > $2 AND (office IS NULL OR office = $4)
     ORDER BY position LIMIT $3`,
    [feed, after, pageSize + 1, office],
  )
  const page = rows.slice(0, pageSize)
  const last = Number(page.at(-1)?.position ?? after)
  return {
    changes: page.map(({ kind, key, deleted, body }) => ({
      kind,
      key,
      deleted,
      ...(body === null ? {} : { body: JSON.parse(body) as unknown }),
    })),
    last,
    more: rows.length > pageSize,
  }
}
