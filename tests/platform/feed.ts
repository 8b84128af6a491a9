import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { account, type Account, type Change } from '#shared/contract/platform.ts'
import { calendar } from '#shared/domain/clock/calendar.ts'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { officeSeed } from '#shared/domain/office.ts'
import { procedure } from '#shared/domain/request/procedure.ts'
import { officeCode } from '#shared/ids.ts'
import type { Database } from './database.ts'

const feed = 'reference'
const pageSize = 200

interface Row {
  readonly kind: string
  readonly key: string
  readonly position: string | number
  readonly deleted: boolean
  readonly body: string | null
  readonly office: string
}

/** A row of the feed, and the offices whose counters alone are given it; absent: the kind of the row says it. */
export type Published = Change & { readonly offices?: readonly string[] | undefined }

/** Rows for all counters are of the unnamed office. */
const everybody = ''

/** What concerns one office goes to its counters only; everything else to all. */
const officesOf = (row: Published): readonly string[] => {
  if (row.offices !== undefined) return row.offices
  const ofOne = row.kind === 'appointment' || row.kind === 'mail-disposition' || row.kind === 'digital-item'
  const office = ofOne ? row.body?.office : undefined
  return [office ?? everybody]
}

const keptAccount = account.extend({ offices: z.array(officeCode).min(1).optional() })
/** An account as the platform keeps it: with the offices whose counters know it. Absent: the office of the seed. */
export type KeptAccount = z.infer<typeof keptAccount>

export const readAccounts = (json: unknown): readonly KeptAccount[] => z.array(keptAccount).parse(json)

/** The accounts of one office, as its counters are given them. */
export const accountsOf = (accounts: readonly KeptAccount[], office: string): Account[] =>
  accounts.filter(({ offices }) => offices?.some((one) => one === office) ?? true).map(({ offices: _, ...one }) => one)

/**
 * The procedure sheets, calendars and demonstration accounts of `resources`, as rows of the feed. Accounts that name no
 * offices are of the demonstration office.
 */
export function readSeeds(resources: string): readonly Published[] {
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
  const accounts = readAccounts(read(join(resources, 'seed', 'accounts.json')))
  const { code } = officeSeed.parse(read(join(resources, 'seed', 'office.json')))
  return [
    ...sheets.map((body) => ({ kind: 'procedure', key: body.code, deleted: false, body }) as const),
    ...readdirSync(join(resources, 'calendars'))
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map(year),
    ...accounts.map(
      ({ offices = [code], ...body }) => ({ kind: 'account', key: body.login, deleted: false, body, offices }) as const,
    ),
  ]
}

/**
 * Publishes the wanted rows: new or changed ones get new positions, missing ones become tombstones, and so does what an
 * office had and has no longer. Positions are given under the lock of the feed's row, so a reader never passes one that
 * is not yet visible. Tombstones come first: what moved from all to one office is gone before it is there.
 * @param part what the rows are all of: digital items come by a way of their own (`digital.ts`)
 */
export async function publish(
  database: Database,
  wanted: readonly Published[],
  part: 'reference' | 'digital' = 'reference',
): Promise<void> {
  await database.transaction(async (session) => {
    await session.query('INSERT INTO feed_state (feed, position) VALUES ($1, 0) ON CONFLICT DO NOTHING', [feed])
    const [state] = await session.query<{ position: string | number }>(
      'SELECT position FROM feed_state WHERE feed = $1 FOR UPDATE',
      [feed],
    )
    let position = Number(state?.position ?? 0)
    const present = await session.query<Row>(
      `SELECT kind, key, position, deleted, body, office FROM reference
       WHERE feed = $1 AND (kind = 'digital-item') = $2 ORDER BY position`,
      [feed, part === 'digital'],
    )
    const put = (kind: string, key: string, office: string, body: string | null): Promise<unknown> =>
      session.query(
        `INSERT INTO reference (feed, kind, key, office, position, deleted, body) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (feed, kind, key, office)
         DO UPDATE SET position = excluded.position, deleted = excluded.deleted, body = excluded.body`,
        [feed, kind, key, office, (position += 1), body === null, body],
      )
    const nameOf = (kind: string, key: string, office: string): string => JSON.stringify([kind, key, office])
    const old = new Map(present.map((row) => [nameOf(row.kind, row.key, row.office), row]))
    const live = wanted.flatMap((row) => {
      const body = row.deleted || row.body === undefined ? undefined : canonicalJson(row.body)
      return body === undefined ? [] : officesOf(row).map((office) => ({ kind: row.kind, key: row.key, office, body }))
    })
    const kept = new Set(live.map((row) => nameOf(row.kind, row.key, row.office)))
    for (const { kind, key, office, deleted } of present)
      if (!deleted && !kept.has(nameOf(kind, key, office))) await put(kind, key, office, null)
    for (const { kind, key, office, body } of live)
      if (old.get(nameOf(kind, key, office))?.body !== body) await put(kind, key, office, body)
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
    // Of a row for all and one for this office with the same key the later one holds.
    `SELECT kind, key, position, deleted, body, office FROM reference r
     WHERE feed = $1 AND position > $2 AND office IN ($5, $4) AND NOT EXISTS (
       SELECT 1 FROM reference later WHERE later.feed = r.feed AND later.kind = r.kind AND later.key = r.key
       AND later.office IN ($5, $4) AND later.position > r.position)
     ORDER BY position LIMIT $3`,
    [feed, after, pageSize + 1, office, everybody],
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
