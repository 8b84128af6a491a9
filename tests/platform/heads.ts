import type { HeadClaim, HeadStatement, PlatformKey } from '#shared/contract/heads.ts'
import type { CounterId } from '#shared/ids.ts'
import type { Database, Session } from './database.ts'
import { raiseIncidents } from './incidents.ts'
import { consistencyPath, rootAt } from './log.ts'
import type { Secrets } from './secrets.ts'

export type Countersigned =
  | { readonly head: string; readonly consistency: string[] }
  /** The head that stands against the claim. */
  | { readonly refused: 'head-behind' | 'head-differs'; readonly head: string }
  | { readonly refused: 'series-unknown' | 'log-unknown' }

interface Row {
  readonly seq: string | number
  readonly hash: string
  readonly statement: string
}

/**
 * Puts the platform's name to the newest link of a counter's journal. A journal only grows: a head before the newest
 * one of its
 * series, or another one in its place, is refused with the one that stands against it, and somebody has to look. A new
 * series
 * begins when an act said that the old one was closed, or when another machine took the counter over. What is carried
 * by hand may
 * be old: a head before the newest one is refused then without an alarm.
 */
export async function countersign(
  database: Database,
  secrets: Secrets,
  counter: string,
  claim: HeadClaim,
  way: 'line' | 'byHand' = 'line',
): Promise<Countersigned> {
  return database.transaction(async (session): Promise<Countersigned> => {
    const [state] = await session.query<{ log_size: string | number; series: string | number }>(
      'SELECT log_size, series FROM counter_state WHERE counter_id = $1 FOR UPDATE',
      [counter],
    )
    const size = Number(state?.log_size ?? 0)
    if (claim.series > Number(state?.series ?? 1) && !(await isOpen(session, counter, claim.series)))
      return { refused: 'series-unknown' }
    if (claim.logSize > size) return { refused: 'log-unknown' }
    const now = new Date()
    const [known] = await session.query<Row>(
      'SELECT seq, hash, statement FROM head WHERE counter_id = $1 AND series = $2 AND seq >= $3 ORDER BY seq LIMIT 1',
      [counter, claim.series, claim.seq],
    )
    if (known !== undefined && (Number(known.seq) !== claim.seq || known.hash !== claim.hash)) {
      const refused = Number(known.seq) > claim.seq ? ('head-behind' as const) : ('head-differs' as const)
      if (refused === 'head-differs' || way === 'line')
        await raiseIncidents(
          session,
          counter,
          [{ kind: 'head', seq: claim.seq, detail: `${refused} ${claim.hash}` }],
          now,
        )
      return { refused, head: known.statement }
    }
    const { logSize, ...point } = claim
    const statement: HeadStatement = {
      counter: counter as CounterId,
      ...point,
      at: now.toISOString(),
      log: await rootAt(session, counter, size),
    } // an enrolled counter
    const head = secrets.countersign(statement)
    await session.query(
      `INSERT INTO head (counter_id, series, seq, hash, signed_at, statement) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (counter_id, series, seq) DO UPDATE SET signed_at = excluded.signed_at, statement = excluded.statement`,
      [counter, claim.series, claim.seq, claim.hash, now, head],
    )
    return { head, consistency: await consistencyPath(session, counter, logSize, size) }
  })
}

const isOpen = async (session: Session, counter: string, series: number): Promise<boolean> =>
  (await session.query('SELECT 1 AS there FROM series_closed WHERE counter_id = $1 AND opened = $2', [counter, series]))
    .length > 0

/** The newest countersigned head of each series, oldest series first. */
export async function newestHeads(session: Session, counter: string): Promise<string[]> {
  const rows = await session.query<{ series: string | number; statement: string }>(
    `SELECT h.series, h.statement FROM head h WHERE h.counter_id = $1
     AND h.seq = (SELECT max(seq) FROM head WHERE counter_id = $1 AND series = h.series) ORDER BY h.series`,
    [counter],
  )
  return rows.map((row) => row.statement)
}

/** The keys of the platform, as they are published. */
export const publishedKeys = (secrets: Secrets): { keys: PlatformKey[] } => ({ keys: [...secrets.keys()] })
