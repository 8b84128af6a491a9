import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { actTypes, requestDeposited } from '#shared/contract/acts.ts'
import type { Command } from '#shared/contract/platform.ts'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { insert, type Session } from './database.ts'

type Deposit = z.infer<typeof requestDeposited>
const depositOf = (act: Command): Deposit | undefined => {
  const parsed = act.type === actTypes.requestDeposited ? requestDeposited.safeParse(act.data) : undefined
  return parsed?.success === true ? parsed.data : undefined
}

/**
 * The rules of this platform for acts that it sees for the first time, as a function that names the broken one.
 * It has a memory: within one batch a number is given once too. Acts of an unknown type are filed as they came.
 */
export async function rulesFor(session: Session, counter: string, acts: readonly Command[]): Promise<(act: Command) => string | undefined> {
  const numbers = acts.flatMap((act) => depositOf(act)?.number ?? [])
  const list = numbers.map((_, at) => `$${String(at + 2)}`).join(',')
  const rows = numbers.length === 0 ? [] : await session.query<{ number: string }>(
    `SELECT number FROM deposit WHERE counter_id = $1 AND number IN (${list})`, [counter, ...numbers],
  )
  const taken = new Set(rows.map((row) => row.number))
  return (act) => {
    if (act.counterid !== counter) return 'counterid: another counter'
    if (createHash('sha256').update(canonicalJson(act.data)).digest('hex') !== act.sha256) return 'sha256: not that of the data'
    if (act.type !== actTypes.requestDeposited) return undefined
    const deposit = depositOf(act)
    if (deposit === undefined) return 'data: not a deposit'
    if (deposit.number.split('/')[1] !== counter) return 'number: another series'
    if (taken.has(deposit.number)) return 'number: given before'
    taken.add(deposit.number)
    return undefined
  }
}

/** Enters the deposits among the applied acts into the consolidated register. */
export const fileDeposits = (session: Session, counter: string, acts: readonly Command[]): Promise<void> =>
  insert(session, 'deposit (counter_id, number, request_id, procedure_code, complete, seq)', acts.flatMap((act) => {
    const deposit = depositOf(act)
    return deposit === undefined ? [] : [[counter, deposit.number, deposit.requestId, deposit.procedure.code, deposit.complete, act.seq]]
  }))
