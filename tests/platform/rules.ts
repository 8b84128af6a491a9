import { hash } from 'node:crypto'
import { z } from 'zod'
import { acts as known } from '#shared/contract/acts.ts'
import { requestDeposited, type RequestDeposited } from '#shared/contract/features/intake/acts.ts'
import type { Command, CommandResult } from '#shared/contract/platform.ts'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { counterOfNumber, parseRegisterNumber } from '#shared/domain/registerNumber.ts'
import { verifyCitizenSignature } from '#electron/worker/seal/citizenSignature.ts'
import { isMisshapen } from './closings.ts'
import type { Broken } from './broken.ts'
import { complementOf, complementsFor } from './complements.ts'
import type { Session } from './database.ts'
import { mailFor } from './mail.ts'
import { personsFor } from './persons.ts'
import { readEarlier, repairOf, type Repair } from './repairs.ts'

const depositOf = (act: Command): RequestDeposited | undefined => {
  const parsed = act.type === known.requestDeposited.type ? requestDeposited.safeParse(act.data) : undefined
  return parsed?.success === true ? parsed.data : undefined
}

/** The stamp that paid the fee of a deposit, if there is one. */
export const stampOf = (act: Command): string | undefined => paid.safeParse(act.data).data?.fee.stampNumber
const paid = z.object({ fee: z.object({ stampNumber: z.string().min(1).max(40) }) })

const broken = (code: NonNullable<CommandResult['code']>, reason: string, field?: string): Broken => ({
  code,
  reason,
  ...(field === undefined ? {} : { field }),
})

/** The rules of this platform over one batch: they remember what the batch itself brought. */
export interface Rules {
  /** The rule that an act breaks; acts of an unknown type are filed as they came. */
  broken(act: Command): Broken | undefined
  /** What was decided of an act, so that a later one of the same batch may name it. */
  decided(act: { readonly seq: number; readonly id: string }, status: CommandResult['status']): void
}

/** Reads what the rules need to know of the past: numbers given, stamps used, acts that are named, repairs made. */
export async function rulesFor(session: Session, counter: string, acts: readonly Command[]): Promise<Rules> {
  const repairs = acts.flatMap((act) => repairOf(act) ?? [])
  const naming = [...repairs, ...acts.flatMap((act) => complementOf(act) ?? [])].flatMap(({ data }) => data ?? [])
  const holders = await readHolders(session, counter, 'number', [
    ...acts.flatMap((act) => depositOf(act)?.number ?? []),
    ...naming.map(({ number }) => number),
  ])
  const stamps = await readHolders(
    session,
    counter,
    'stamp',
    acts.flatMap((act) => stampOf(act) ?? []),
  )
  const earlier = await readEarlier(
    session,
    counter,
    naming.map(({ act }) => act.id),
  )
  const ofComplement = await complementsFor(session, counter, acts, { earlier, holders })
  const persons = await personsFor(session, counter, acts)
  const ofMail = await mailFor(session, counter, acts)

  const ofNumber = (act: Command, { number, requestId }: RequestDeposited, given: boolean): Broken | undefined => {
    const parts = parseRegisterNumber(number)
    if (parts?.register !== 'requests' || counterOfNumber(parts) !== counter)
      return broken('series', `${number} is not of the requests of ${counter}`, 'number')
    if (given) return broken('numberTaken', `${number} was given before`, 'number')
    const stamp = stampOf(act)
    if (stamp !== undefined && (stamps.get(stamp) ?? requestId) !== requestId)
      return broken('stampUsed', `stamp ${stamp} was used before`, 'fee.stampNumber')
    holders.set(number, requestId)
    if (stamp !== undefined) stamps.set(stamp, requestId)
    return undefined
  }
  const ofDeposit = (act: Command): Broken | undefined => {
    const deposit = depositOf(act)
    if (deposit === undefined) return broken('malformed', 'not a deposit')
    const { citizenSignature } = deposit
    if (citizenSignature !== undefined && verifyCitizenSignature(citizenSignature) === undefined)
      return broken('malformed', 'the signature is not that of the certificate', 'citizenSignature')
    return ofNumber(act, deposit, holders.has(deposit.number))
  }
  const ofRepair = ({ kind, act, data }: Repair): Broken | undefined => {
    if (data === undefined) return broken('malformed', `not a request ${kind}`)
    const named = act.seq > data.act.seq ? earlier.status(data.act) : undefined
    if (named === undefined) return broken('notFound', 'this counter sent no such act before', 'act')
    if (earlier.settledAs(data.act.id) === 'cancelled')
      return broken('cancelled', 'the act was cancelled before', 'act')
    // What stands is corrected by the counter that sent it, also more than once.
    if (named === 'applied' && kind === 'corrected') {
      if (holders.get(data.number) !== data.requestId)
        return broken('notFound', `${data.number} is of another request`, 'number')
    } else if (kind !== 'cancelled') {
      if (named === 'applied') return broken('notRefused', 'the act was not refused', 'act')
      if (earlier.settledAs(data.act.id) !== undefined) return broken('settled', 'the act was put right before', 'act')
    }
    if (kind !== 'cancelled') {
      const wrong = ofNumber(act, data, (holders.get(data.number) ?? data.requestId) !== data.requestId)
      if (wrong !== undefined) return wrong
    }
    earlier.settle(data.act.id, kind)
    return undefined
  }
  return {
    broken: (act) => {
      if (act.counterid !== counter) return broken('foreign', 'another counter')
      if (hash('sha256', canonicalJson(act.data)) !== act.sha256)
        return broken('altered', 'the hash is not that of the data')
      if (isMisshapen(act)) return broken('malformed', 'not an act about a day or a series')
      if (act.type === known.requestDeposited.type) return ofDeposit(act)
      const complement = complementOf(act)
      if (complement !== undefined) return ofComplement(complement)
      const repair = repairOf(act)
      return repair === undefined ? (ofMail(act) ?? persons.broken(act)) : ofRepair(repair)
    },
    decided: ({ seq, id }, status) => {
      earlier.note({ seq, id }, status)
    },
  }
}

/** Which request holds each of these numbers or stamps. */
async function readHolders(
  session: Session,
  counter: string,
  column: 'number' | 'stamp',
  asked: readonly string[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(asked)]
  if (wanted.length === 0) return new Map()
  const list = wanted.map((_, at) => `$${String(at + 2)}`).join(',')
  const rows = await session.query<{ value: string; request_id: string }>(
    `SELECT ${column} AS value, request_id FROM deposit WHERE counter_id = $1 AND ${column} IN (${list})`,
    [counter, ...wanted],
  )
  return new Map(rows.map((row) => [row.value, row.request_id]))
}
