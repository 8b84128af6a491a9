import { z } from 'zod'
import { genesis } from '#electron/worker/journal/link.ts'
import type { RepairKind } from '#shared/contract/act.ts'
import {
  batchLimit,
  command,
  type BatchAnswer,
  type Command,
  type CommandRecord,
  type CommandResult,
} from '#shared/contract/platform.ts'
import { insert, together, type Database, type Session } from './database.ts'
import { fileClosings } from './closings.ts'
import { fileActs } from './fileActs.ts'
import { raiseIncidents } from './incidents.ts'
import { growLog } from './log.ts'
import type { Broken } from './broken.ts'
import { rulesFor } from './rules.ts'

/** The least that a command must say to be given a result; without it the batch is malformed. */
const envelope = z.looseObject({ id: z.uuid(), seq: z.int().positive(), counterid: z.string() })
export type Envelope = z.infer<typeof envelope>
const envelopes = z.array(envelope).min(1).max(batchLimit.commands)

/** Reads a batch of consecutive commands; nothing when it is none. */
export function batchOf(body: unknown): readonly Envelope[] | undefined {
  const batch = envelopes.safeParse(body)
  return batch.success && batch.data.every((sent, at) => sent.seq === (batch.data[0]?.seq ?? 0) + at)
    ? batch.data
    : undefined
}

export type Taken = BatchAnswer | { readonly expectedSeq: number }

interface Recorded {
  readonly seq: string | number
  readonly id: string
  readonly sha256: string
  readonly status: 'applied' | 'rejected' | 'conflict'
  readonly code: CommandResult['code'] | null
  readonly field: string | null
  readonly reason: string | null
  readonly received_at: Date
  /** What the newest applied repair made of it. */
  readonly settled: RepairKind | null
}

/** What is decided of one command that the platform sees for the first time. */
interface Judged {
  readonly sent: Envelope
  readonly status: 'applied' | 'rejected' | 'conflict'
  readonly broken?: Broken
  readonly parsed?: Command
}

/**
 * Takes a batch of consecutive commands of one counter in one transaction. The row lock on the counter comes first:
 * without it two copies of one batch would not see each other, and one of them would be called a conflict.
 */
export async function takeBatch(database: Database, counter: string, batch: readonly Envelope[]): Promise<Taken> {
  return database.transaction(async (session) => {
    const [state] = await session.query<{ last_seq: string | number; log_size: string | number }>(
      'SELECT last_seq, log_size FROM counter_state WHERE counter_id = $1 FOR UPDATE',
      [counter],
    )
    const before = Number(state?.last_seq ?? 0)
    const [first, last] = [batch[0]?.seq ?? 0, batch.at(-1)?.seq ?? 0]
    if (first > before + 1) return { expectedSeq: before + 1 }

    const now = new Date()
    const known = first > before ? [] : await lookUp(session, counter, first, last)
    const bySeq = new Map(known.map((row) => [Number(row.seq), row]))
    const old = batch.filter((sent) => sent.seq <= before)
    const judged = await judge(
      session,
      counter,
      batch.filter((sent) => sent.seq > before),
    )
    const logSize = await write(session, counter, judged, Number(state?.log_size ?? 0), now)
    const doubtful = old.filter((sent) => !same(sent, bySeq.get(sent.seq)))
    await raise(
      session,
      counter,
      [...doubtful, ...judged.filter((one) => one.status === 'conflict').map((one) => one.sent)],
      now,
    )
    const lastSeq = Math.max(before, last)
    if (lastSeq > before)
      await session.query('UPDATE counter_state SET last_seq = $2, log_size = $3 WHERE counter_id = $1', [
        counter,
        lastSeq,
        logSize,
      ])
    return {
      results: [
        ...old.map((sent) => repeated(sent, bySeq.get(sent.seq), now)),
        ...judged.map((one) => fresh(one, now)),
      ],
      lastSeq,
    }
  })
}

const settled = (act: string): string =>
  `SELECT r.kind FROM repair r WHERE r.counter_id = $1 AND r.act_id = ${act}.id ORDER BY r.seq DESC LIMIT 1`

/** What was recorded from `from` to `to`, conflicts included, in order. */
export async function lookUp(
  session: Session,
  counter: string,
  from: number,
  to: number,
): Promise<readonly Recorded[]> {
  return session.query<Recorded>(
    `SELECT seq, id, sha256, status, code, field, reason, received_at, (${settled('command')}) AS settled
     FROM command WHERE counter_id = $1 AND seq BETWEEN $2 AND $3
     UNION ALL
     SELECT seq, id, sha256, 'conflict', 'conflict', NULL, NULL, received_at, (${settled('a')}) FROM alarm a WHERE counter_id = $1 AND seq BETWEEN $2 AND $3
       AND NOT EXISTS (SELECT 1 FROM command c WHERE c.counter_id = $1 AND c.seq = a.seq)
     ORDER BY seq`,
    [counter, from, to],
  )
}

/** A recorded row as the look-up answers it. */
export const recordOf = (row: Recorded): CommandRecord => ({
  ...resultOf(row),
  sha256: row.sha256 as CommandRecord['sha256'],
  ...(row.settled === null ? {} : { settledAs: row.settled }),
})

const hashOf = (sent: Envelope): string => (typeof sent['sha256'] === 'string' ? sent['sha256'].slice(0, 200) : '')
const same = (sent: Envelope, row: Recorded | undefined): row is Recorded =>
  row?.id === sent.id && row.sha256 === hashOf(sent)

const resultOf = (row: Recorded): CommandResult => ({
  id: row.id,
  seq: Number(row.seq),
  status: row.status,
  receivedAt: new Date(row.received_at).toISOString(),
  ...(row.code === null ? {} : { code: row.code }),
  ...(row.field === null ? {} : { field: row.field }),
  ...(row.reason === null ? {} : { reason: row.reason }),
})

/** A second copy: what was applied is a duplicate, what was rejected stays rejected, anything else is a conflict. */
function repeated(sent: Envelope, row: Recorded | undefined, now: Date): CommandResult {
  if (!same(sent, row))
    return {
      id: sent.id,
      seq: sent.seq,
      status: 'conflict',
      code: 'conflict',
      reason: 'another act holds this number',
      receivedAt: now.toISOString(),
    }
  return row.status === 'applied' ? { ...resultOf(row), status: 'duplicate' } : resultOf(row)
}

const fresh = ({ sent, status, broken }: Judged, now: Date): CommandResult => ({
  id: sent.id,
  seq: sent.seq,
  status,
  receivedAt: now.toISOString(),
  ...broken,
})

async function judge(session: Session, counter: string, batch: readonly Envelope[]): Promise<readonly Judged[]> {
  if (batch.length === 0) return []
  const list = batch.map((_, at) => `$${String(at + 2)}`).join(',')
  const [first] = batch
  // Looked up while the acts are parsed.
  const lookups = together([
    session.query<{ id: string }>(`SELECT id FROM command WHERE counter_id = $1 AND id IN (${list})`, [
      counter,
      ...batch.map((sent) => sent.id),
    ]),
    first === undefined || first.seq === 1
      ? [{ sha256: genesis }]
      : lookUp(session, counter, first.seq - 1, first.seq - 1),
  ])
  const parsed = batch.map((sent) => command.safeParse(sent))
  const [[used, last], rules] = await together([
    lookups,
    rulesFor(
      session,
      counter,
      parsed.flatMap((one) => (one.success ? [one.data] : [])),
    ),
  ])
  const seen = new Set(used.map((row) => row.id))
  // Whatever holds the number before, an act in conflict too, is what this one must follow.
  let before = last.map((row) => row.sha256)
  const one = (sent: Envelope, at: number): Judged => {
    const follows = before.includes(String(sent['prevhash']))
    before = [hashOf(sent)]
    if (seen.has(sent.id))
      return { sent, status: 'conflict', broken: { code: 'conflict', reason: 'this id was used before' } }
    seen.add(sent.id)
    const act = parsed[at]
    if (act?.success !== true)
      return {
        sent,
        status: 'rejected',
        broken: { code: 'malformed', reason: `not a command: ${act?.error.issues[0]?.path.join('.') ?? ''}` },
      }
    const broken = follows
      ? rules.broken(act.data)
      : { code: 'chain' as const, reason: 'prevhash: not that of the act before it' }
    return broken === undefined ? { sent, status: 'applied', parsed: act.data } : { sent, status: 'rejected', broken }
  }
  return batch.map((sent, at) => {
    const judged = one(sent, at)
    rules.decided(sent, judged.status)
    return judged
  })
}

/** @returns how many applied acts the log holds afterwards */
async function write(
  session: Session,
  counter: string,
  judged: readonly Judged[],
  logged: number,
  now: Date,
): Promise<number> {
  const kept = judged.filter((one) => one.status !== 'conflict')
  const applied = kept.filter((one) => one.status === 'applied')
  const placeOf = new Map(applied.map((one, at) => [one, logged + at]))
  // The database is at work on one while the next is made ready.
  await together([
    insert(
      session,
      'command (counter_id, seq, id, sha256, type, status, code, field, reason, received_at, envelope, log_index)',
      kept.map((one) => {
        const { sent, status, broken } = one
        return [
          counter,
          sent.seq,
          sent.id,
          hashOf(sent),
          String(sent['type']),
          status,
          broken?.code ?? null,
          broken?.field ?? null,
          broken?.reason ?? null,
          now,
          JSON.stringify(sent),
          placeOf.get(one) ?? null,
        ]
      }),
    ),
    growLog(
      session,
      counter,
      logged,
      applied.map(({ sent }) => ({ counterid: counter, seq: sent.seq, id: sent.id, sha256: hashOf(sent) })),
    ),
    raiseIncidents(
      session,
      counter,
      kept
        .filter((one) => one.broken?.code === 'chain')
        .map(({ sent }) => ({ kind: 'chain', seq: sent.seq, detail: sent.id })),
      now,
    ),
    fileActs(
      session,
      counter,
      kept.flatMap((one) => (one.status === 'applied' && one.parsed !== undefined ? [one.parsed] : [])),
    ),
    fileClosings(
      session,
      counter,
      applied.flatMap((one) => one.parsed ?? []),
      now,
    ),
  ])
  return logged + applied.length
}

/** What a person has to look into; the same doubt raised twice is kept once. */
const raise = (session: Session, counter: string, doubtful: readonly Envelope[], now: Date): Promise<void> =>
  insert(
    session,
    'alarm (counter_id, seq, id, sha256, received_at, envelope)',
    doubtful.map((sent) => [counter, sent.seq, sent.id, hashOf(sent), now, JSON.stringify(sent)]),
    'ON CONFLICT DO NOTHING',
  )
