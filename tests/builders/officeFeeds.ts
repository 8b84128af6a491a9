import type { Change } from '#shared/contract/platform.ts'
import { createKit, counterOf, type KitCounter } from '#tests/conformance/client.ts'
import { openDatabase } from '#tests/platform/database.ts'
import { publish, type Published } from '#tests/platform/feed.ts'
import { startPlatform } from '#tests/platform/startPlatform.ts'
import { startPostgres } from '#tests/platform/postgres.ts'
import { aCounter, anIdentity } from './commands.ts'

/** What a counter was given: `+` what is there, `-` what is gone, and where it goes on. */
export interface ReadFeed {
  readonly rows: readonly string[]
  /** Every byte of it. */
  readonly text: string
  readonly cursor: string
}

/** The reference platform over its PostgreSQL, read by a counter of each office, enrolled and by its own key. */
export interface OfficeFeeds {
  /** The rows of the feed from now on; those that are not among them are gone. */
  publish(rows: readonly Published[]): Promise<void>
  read(office: string, after?: string): Promise<ReadFeed>
  close(): Promise<void>
}

/** Starts one; it listens on this machine alone. */
export async function openOfficeFeeds(): Promise<OfficeFeeds> {
  const postgres = await startPostgres()
  const log = (): undefined => undefined
  const platform = await startPlatform({ databaseUrl: postgres.url, log })
  const database = await openDatabase({ url: postgres.url, log })
  const kit = createKit(platform.url, { code: 'demo' })
  const counters = new Map<string, KitCounter>()
  const counterIn = async (office: string): Promise<KitCounter> => {
    const known = counters.get(office)
    if (known !== undefined) return known
    const identity = anIdentity(aCounter(`${office}-G7`))
    await kit.admit(identity)
    const counter = counterOf(kit, platform.url, identity)
    counters.set(office, counter)
    return counter
  }
  return {
    publish: (rows) => publish(database, rows),
    read: async (office, after) => {
      const counter = await counterIn(office)
      const changes: Change[] = []
      for (let cursor = after; ;) {
        const page = await counter.changes(cursor)
        changes.push(...(page.changes as Change[]))
        cursor = page.cursor
        if (page.more) continue
        return {
          rows: changes.map(({ kind, key, deleted }) => `${deleted ? '-' : '+'}${kind} ${key}`),
          text: JSON.stringify(changes),
          cursor,
        }
      }
    },
    close: async () => {
      await database.close()
      await platform.close()
      await postgres.stop()
    },
  }
}
