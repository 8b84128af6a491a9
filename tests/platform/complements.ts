import { acts as known } from '#shared/contract/acts.ts'
import { requestComplemented, type RequestComplemented } from '#shared/contract/features/complement/acts.ts'
import type { Command } from '#shared/contract/platform.ts'
import type { Broken } from './broken.ts'
import { insert, type Session } from './database.ts'
import type { Earlier } from './repairs.ts'

/** An act that brings what a deposit lacked; `data` is absent when it does not have its shape. */
interface Complement {
  readonly act: Command
  readonly data: RequestComplemented | undefined
}

/** Reads an act as a complement; nothing when it is none. */
export const complementOf = (act: Command): Complement | undefined =>
  act.type === known.requestComplemented.type ? { act, data: requestComplemented.safeParse(act.data).data } : undefined

/** What complements are judged by. */
interface Known {
  readonly earlier: Earlier
  /** Which request holds a number. */
  readonly holders: ReadonlyMap<string, string>
}

/** The rule that a complement breaks: those of the past are read, those of the batch remembered. */
export async function complementsFor(
  session: Session,
  counter: string,
  acts: readonly Command[],
  { earlier, holders }: Known,
): Promise<(complement: Complement) => Broken | undefined> {
  const ids = [...new Set(acts.flatMap((act) => complementOf(act)?.data?.act.id ?? []))]
  const list = ids.map((_, at) => `$${String(at + 2)}`).join(',')
  const rows =
    ids.length === 0
      ? []
      : await session.query<{ act_id: string }>(
          `SELECT act_id FROM complement WHERE counter_id = $1 AND act_id IN (${list})`,
          [counter, ...ids],
        )
  const made = new Set(rows.map((row) => row.act_id))
  return ({ act, data }) => {
    if (data === undefined) return { code: 'malformed', reason: 'not a complement' }
    if (act.seq <= data.act.seq || earlier.status(data.act) === undefined)
      return { code: 'notFound', reason: 'this counter sent no such deposit before', field: 'act' }
    if (earlier.settledAs(data.act.id) === 'cancelled')
      return { code: 'cancelled', reason: 'the deposit was cancelled before', field: 'act' }
    // A refused deposit holds no number yet: its correction, which carries it whole, will.
    if ((holders.get(data.number) ?? data.requestId) !== data.requestId)
      return { code: 'notFound', reason: `${data.number} is of another request`, field: 'number' }
    if (made.has(data.act.id))
      return { code: 'settled', reason: 'the deposit got its one complement before', field: 'act' }
    made.add(data.act.id)
    return undefined
  }
}

/** Enters applied complements: the file of the number stands as the newest act about it says. */
export async function fileComplements(session: Session, counter: string, acts: readonly Command[]): Promise<void> {
  const applied = acts.flatMap((act) => {
    const data = complementOf(act)?.data
    return data === undefined ? [] : [{ seq: act.seq, data }]
  })
  await insert(
    session,
    'complement (counter_id, act_id, seq)',
    applied.map(({ seq, data }) => [counter, data.act.id, seq]),
  )
  for (const { seq, data } of applied)
    await session.query(
      `UPDATE deposit SET complete = $4, seq = $5 WHERE counter_id = $1 AND number = $2 AND request_id = $3 AND seq < $5`,
      [counter, data.number, data.requestId, data.complete, seq],
    )
}
