import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Act } from '#shared/contract/act.ts'
import type { ActKind } from '#shared/contract/acts.ts'
import { canonicalJson, type Json } from '#shared/domain/canonical.ts'
import { formatRegisterNumber } from '#shared/domain/registerNumber.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, RegisterNumber, Sha256 } from '#shared/ids.ts'
import { err, type Result } from '#shared/result.ts'
import { clockFault } from '../core/clockRule.ts'
import { officeDay, readOffice, type Context, type SignedIn } from '../core/context.ts'
import { stopped } from '../core/standing.ts'
import { isClosed } from '../core/rows/closings.ts'
import { unapproved } from '../outbox/rows/platformTrust.ts'
import type { Moment } from '../journal/timekeeper.ts'
import type { ReadHandle, WriteHandle } from '../store/handle.ts'
import { currentSeries } from '../store/quarantine.ts'
import { carriedOut } from './rows/queue.ts'
import { findAct } from './rows/repairs.ts'
import { takeRank } from './rows/series.ts'
import { writeAct, type Decided, type Written } from './writeAct.ts'

/** What is asked: one act, once. */
export interface Order<Data extends object, T> {
  readonly act: Act<Data, ActKind>
  /** Made by whoever asks, and kept until there is an answer. */
  readonly commandId: CommandId
  /** All that was asked besides, without secrets: the same id with anything else is refused. */
  readonly asked: Json
  /**
   * The answer as it stands, for an id that was carried out before. Whoever is shown a person by it sees him once more:
   * that is an access like the first.
   */
  readonly again: () => Result<T>
  /**
   * Whether the act that was carried out under this id is the one that is asked for, read off what it said: for acts
   * whose digest is not kept any more. Absent where all that could be compared went with it.
   */
  readonly recorded?: (said: Readonly<Record<string, unknown>>) => boolean
  /**
   * Also while acts are refused: only for the way out of quarantine, which is itself an act.
   */
  readonly inQuarantine?: true
}

/** What an act is decided on. */
export interface Begun {
  readonly moment: Moment
  /** ISO day on the office's wall, and the minutes ahead of UTC that make it so. */
  readonly day: string
  readonly utcOffsetMinutes: number
  /** The place in the register that the act takes its number in, and that number; of acts that take one. */
  readonly place?: { readonly year: number; readonly rank: number; readonly number: RegisterNumber }
}

/** What an act means: what it says, and the rows that come with it. */
export interface Meaning<Data extends object, T> extends Pick<Decided<Data>, 'subject' | 'body' | 'data'> {
  /** Writes the rows of the feature, once link and item are written; what it returns is the answer. */
  readonly keep: (written: Written) => Result<T>
}

/**
 * Carries out one act, once: the same command id gives the same answer and never a second act; another question under it
 * is refused. Then the clock, the closed day, the number, link and outbox item, and the rows of the feature, all in one
 * transaction.
 * Faults: command.reused, clock.behind, day.closed, device.notApproved (of acts that take a number), those of `decide` and of `Tx`.
 * @param decide what the act means, at its moment; it runs inside the transaction, and a fault of it leaves nothing
 */
export function oneAct<Data extends object, T>(
  context: Context,
  who: SignedIn,
  order: Order<Data, T>,
  decide: (db: WriteHandle, begun: Begun) => Result<Meaning<Data, T>>,
): Result<T> {
  const { store, journal } = context
  const asked = digestOf(order.asked)
  const before = answeredBefore(context, order, asked)
  if (before !== undefined) return before
  const moment = journal.moment()
  const behind = clockFault(context, who, moment)
  if (behind !== undefined) return err(behind)
  const write = order.inQuarantine === true ? store.upkeep : store.tx
  return write((db) => {
    // Asked of the register that takes the act, at the last moment: a lock or a sign-out meanwhile stops it.
    const over = stopped(context)
    if (over !== undefined) return err(over)
    const today = officeDay(readOffice(store), new Date(moment.at))
    if (order.act.openDay && isClosed(db, today.day)) return err(faultOf('day.closed', undefined, { day: today.day }))
    const early = order.act.takes === undefined ? undefined : unapproved(db)
    if (early !== undefined) return err(early)
    const place = placeFor(context, db, order.act, today.day)
    const meant = decide(db, { moment, ...today, ...(place === undefined ? {} : { place }) })
    if (!meant.ok) return meant
    const { keep, ...said } = meant.value
    const { act, commandId: id } = order
    return keep(writeAct(context, db, { ...said, act, id, actor: who.code, moment, asked }))
  })
}

/**
 * The answer to a command that was carried out before; nothing when it was not. Fault: command.reused, when it was
 * another kind of act, or something else was asked. The digest of what was asked is kept as long as the personal part of
 * the act; what the act still says is compared after that.
 */
export function answeredBefore<Data extends object, T>(
  { store }: Pick<Context, 'store'>,
  { act, commandId, asked, again, recorded }: Order<Data, T>,
  digest = digestOf(asked),
): Result<T> | undefined {
  const known = carriedOut(store.db, commandId)
  if (known === undefined) return undefined
  const same = known.asked === null ? recorded?.(saidBy(store.db, commandId)) !== false : known.asked === digest
  return same && known.type === act.type ? again() : err(faultOf('command.reused', act.type))
}

const envelope = z.object({ data: z.record(z.string(), z.unknown()) })
/** What an act says, as far as it is still kept. */
const saidBy = (db: ReadHandle, id: CommandId): Readonly<Record<string, unknown>> => {
  const read = envelope.safeParse(JSON.parse(findAct(db, id)?.envelope ?? 'null'))
  return read.success ? read.data.data : {}
}

/** A digest has the form of its brand by construction. */
const digestOf = (asked: Json): Sha256 => createHash('sha256').update(canonicalJson(asked)).digest('hex') as Sha256

const placeFor = (
  { counter }: Context,
  db: WriteHandle,
  { takes: register }: Pick<Act, 'takes'>,
  day: string,
): Begun['place'] => {
  if (register === undefined) return undefined
  const year = Number(day.slice(0, 4))
  const rank = takeRank(db, counter, register, year)
  return { year, rank, number: formatRegisterNumber(year, counter, rank, { register, series: currentSeries(db) }) }
}
