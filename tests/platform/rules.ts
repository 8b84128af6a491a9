import { createHash } from 'node:crypto'
import { actTypes, requestDeposited, type RequestDeposited } from '#shared/contract/acts.ts'
import type { Command, CommandResult } from '#shared/contract/platform.ts'
import { canonicalJson } from '#shared/domain/canonical.ts'
import type { Session } from './database.ts'
import { readEarlier, repairOf, type Repair } from './repairs.ts'

const depositOf = (act: Command): RequestDeposited | undefined => {
  const parsed = act.type === actTypes.requestDeposited ? requestDeposited.safeParse(act.data) : undefined
  return parsed?.success === true ? parsed.data : undefined
}

/** The rules of this platform over one batch: they remember what the batch itself brought. */
export interface Rules {
  /** The rule that an act breaks, in words that begin with what is wrong; acts of an unknown type are filed as they came. */
  broken(act: Command): string | undefined
  /** What was decided of an act, so that a later one of the same batch may name it. */
  decided(act: { readonly seq: number; readonly id: string }, status: CommandResult['status']): void
}

/** Reads what the rules need to know of the past: numbers given, acts that are named, repairs made. */
export async function rulesFor(session: Session, counter: string, acts: readonly Command[]): Promise<Rules> {
  const repairs = acts.flatMap((act) => repairOf(act) ?? [])
  const holders = await readHolders(session, counter, [...acts.flatMap((act) => depositOf(act) ?? []), ...repairs.map((one) => one.data)])
  const earlier = await readEarlier(session, counter, repairs)
  const otherHolder = ({ number, requestId }: RequestDeposited): boolean => (holders.get(number) ?? requestId) !== requestId

  const ofDeposit = (act: Command): string | undefined => {
    const deposit = depositOf(act)
    if (deposit === undefined) return 'data: not a deposit'
    if (deposit.number.split('/')[1] !== counter) return 'number: another series'
    if (holders.has(deposit.number)) return 'number: given before'
    holders.set(deposit.number, deposit.requestId)
    return undefined
  }
  const ofRepair = ({ kind, act, data }: Repair): string | undefined => {
    if (data === undefined) return `data: not a request ${kind}`
    const named = act.seq > data.act.seq ? earlier.status(data.act) : undefined
    if (named === undefined) return 'act: none of this counter'
    if (earlier.settledAs(data.act.id) === 'cancelled') return 'act: cancelled before'
    if (kind !== 'cancelled') {
      if (named === 'applied') return 'act: not refused'
      if (earlier.settledAs(data.act.id) !== undefined) return 'act: settled before'
      if (data.number.split('/')[1] !== counter) return 'number: another series'
      if (otherHolder(data)) return 'number: given before'
      holders.set(data.number, data.requestId)
    }
    earlier.settle(data.act.id, kind)
    return undefined
  }
  return {
    broken: (act) => {
      if (act.counterid !== counter) return 'counterid: another counter'
      if (createHash('sha256').update(canonicalJson(act.data)).digest('hex') !== act.sha256) return 'sha256: not that of the data'
      if (act.type === actTypes.requestDeposited) return ofDeposit(act)
      const repair = repairOf(act)
      return repair === undefined ? undefined : ofRepair(repair)
    },
    decided: ({ seq, id }, status) => { earlier.note({ seq, id }, status) },
  }
}

/** Which request holds each of these numbers. */
async function readHolders(session: Session, counter: string, deposits: readonly (RequestDeposited | undefined)[]): Promise<Map<string, string>> {
  const numbers = [...new Set(deposits.flatMap((one) => one?.number ?? []))]
  if (numbers.length === 0) return new Map()
  const list = numbers.map((_, at) => `$${String(at + 2)}`).join(',')
  const rows = await session.query<{ number: string; request_id: string }>(
    `SELECT number, request_id FROM deposit WHERE counter_id = $1 AND number IN (${list})`, [counter, ...numbers],
  )
  return new Map(rows.map((row) => [row.number, row.request_id]))
}
