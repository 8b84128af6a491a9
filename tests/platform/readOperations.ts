import type { DeviceRecord } from '#shared/contract/platform.ts'
import type { Database } from './database.ts'
import { newestDecisions, type Decision } from './decisions.ts'
import { listDevices } from './devices.ts'

/** One counter as its operator sees it. Instants as the database gives them. */
export interface CounterLine {
  readonly counter: string
  readonly acts: number
  readonly seenAt: Date | undefined
  /** The newest act, and how long after it was done it came, in milliseconds. */
  readonly lastAct: { readonly receivedAt: Date; readonly lagMs: number } | undefined
  readonly head: { readonly seq: number; readonly at: Date } | undefined
  readonly lastClosing: string | undefined
  readonly rejected: number
  readonly corrections: number
  readonly files: number
  readonly incidents: number
  readonly state: 'approved' | 'pending' | 'revoked'
}

/** Something to look into. */
export interface IncidentLine {
  readonly counter: string
  readonly kind: string
  readonly seq: number
  readonly detail: string
  readonly at: Date
}

export interface Operations {
  readonly counters: readonly CounterLine[]
  readonly incidents: readonly IncidentLine[]
  readonly devices: readonly DeviceRecord[]
  /** Newest first. */
  readonly decisions: readonly (Decision & { readonly at: Date })[]
}

const mostIncidents = 100
const mostDecisions = 50

/**
 * Reads what the page shows, each figure by one statement over all counters; joined here and not in SQL, so that no
 * query joins shards.
 */
export async function readOperations(database: Database): Promise<Operations> {
  const by = async <Row extends { counter_id: string }>(sql: string): Promise<ReadonlyMap<string, Row>> =>
    new Map((await database.query<Row>(sql)).map((row) => [row.counter_id, row]))
  const states = await database.query<{ counter_id: string; last_seq: string }>(
    'SELECT counter_id, last_seq FROM counter_state ORDER BY counter_id',
  )
  const devices = await database.query<{ counter_id: string; state: string; seen_at: Date | null }>(
    'SELECT counter_id, state, seen_at FROM device ORDER BY counter_id, asked_at',
  )
  const last = await by<{ counter_id: string; received_at: Date; envelope: string }>(
    `SELECT c.counter_id, c.received_at, c.envelope FROM command c WHERE c.seq = (SELECT max(seq) FROM command WHERE counter_id = c.counter_id)`,
  )
  const heads = await by<{ counter_id: string; seq: string; signed_at: Date }>(
    'SELECT h.counter_id, h.seq, h.signed_at FROM head h WHERE h.signed_at = (SELECT max(signed_at) FROM head WHERE counter_id = h.counter_id)',
  )
  const closings = await by<{ counter_id: string; day: string }>(
    'SELECT counter_id, max(day) AS day FROM closing WHERE NOT reopened GROUP BY counter_id',
  )
  const rejected = await by<{ counter_id: string; count: string }>(
    `SELECT counter_id, count(*) AS count FROM command WHERE status = 'rejected' GROUP BY counter_id`,
  )
  const corrections = await by<{ counter_id: string; count: string }>(
    `SELECT c.counter_id, count(*) AS count FROM command c WHERE c.status = 'rejected'
     AND NOT EXISTS (SELECT 1 FROM repair r WHERE r.counter_id = c.counter_id AND r.act_id = c.id) GROUP BY c.counter_id`,
  )
  const files = await by<{ counter_id: string; count: string }>(
    'SELECT counter_id, count(*) AS count FROM attachment WHERE stored_at IS NULL GROUP BY counter_id',
  )
  const incidents = await database.query<{
    counter_id: string
    kind: string
    seq: string
    detail: string
    raised_at: Date
  }>(
    `SELECT counter_id, kind, seq, detail, raised_at FROM incident
     UNION ALL SELECT counter_id, 'conflict', seq, id, received_at FROM alarm ORDER BY raised_at DESC LIMIT ${String(mostIncidents)}`,
  )
  return {
    counters: states.map(({ counter_id: counter, last_seq }) => {
      const own = devices.filter((one) => one.counter_id === counter)
      const seen = own
        .flatMap((one) => (one.seen_at === null ? [] : [new Date(one.seen_at)]))
        .sort((one, other) => other.getTime() - one.getTime())[0]
      const newest = last.get(counter)
      const head = heads.get(counter)
      return {
        counter,
        acts: Number(last_seq),
        seenAt: seen,
        lastAct: newest && { receivedAt: new Date(newest.received_at), lagMs: lagOf(newest) },
        head: head && { seq: Number(head.seq), at: new Date(head.signed_at) },
        lastClosing: closings.get(counter)?.day,
        rejected: Number(rejected.get(counter)?.count ?? 0),
        corrections: Number(corrections.get(counter)?.count ?? 0),
        files: Number(files.get(counter)?.count ?? 0),
        incidents: incidents.filter((one) => one.counter_id === counter).length,
        state: own.some((one) => one.state === 'approved')
          ? 'approved'
          : own.some((one) => one.state === 'pending')
            ? 'pending'
            : 'revoked',
      }
    }),
    incidents: incidents.map((row) => ({
      counter: row.counter_id,
      kind: row.kind,
      seq: Number(row.seq),
      detail: row.detail,
      at: new Date(row.raised_at),
    })),
    devices: await listDevices(database),
    decisions: await newestDecisions(database, mostDecisions),
  }
}

/** A rejected act may say anything of its time. */
function lagOf({ envelope, received_at }: { readonly envelope: string; readonly received_at: Date }): number {
  const { time } = JSON.parse(envelope) as { time?: unknown } // written by takeBatch from a parsed object
  const done = typeof time === 'string' ? Date.parse(time) : Number.NaN
  return Number.isNaN(done) ? 0 : Math.max(0, new Date(received_at).getTime() - done)
}
