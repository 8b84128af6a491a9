import type { Json } from '#shared/domain/canonical.ts'
import { canonicalJson } from '#shared/domain/canonical.ts'
import type { ClockDoubt } from '#shared/domain/clock/guard.ts'
import { parseHlc } from '#shared/domain/clock/hlc.ts'
import type { ActKind } from '#shared/contract/acts.ts'
import type { NoteKind } from '#shared/domain/closing/journalKind.ts'
import type { CounterId, Sha256 } from '#shared/ids.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { ReadHandle, WriteHandle } from '../store/handle.ts'
import { newestActTime } from './rows/clockRows.ts'
import { insertJournal, journalHead } from './rows/journalRows.ts'
import { genesis, linkHash } from './link.ts'
import { createTimekeeper, type Moment } from './timekeeper.ts'

/** What happened, before it has a place in the chain. No personal data: ids, codes and hashes. */
export interface JournalEntryInput<Kind extends string = NoteKind> {
  /** The agent's code, or `counter` for what the program does by itself. */
  readonly actor: string
  readonly kind: Kind
  /** The id of what it is about. */
  readonly subject: string
  readonly body: Readonly<Record<string, Json>>
}

/** A link in its place. */
export interface Link {
  readonly seq: number
  readonly hash: Sha256
  readonly moment: Moment
}

/** The tamper-evident journal of one counter. */
export interface Journal {
  /** The time of an act that is about to be written. */
  moment(): Moment
  /**
   * Adds a link that is no act inside the caller's transaction: a session, an access, what became of a paper. `moment`
   * when one was taken already.
   */
  append(db: WriteHandle, happening: JournalEntryInput, moment?: Moment): Link
  /**
   * Adds the link of an act. Only `worker/acts` calls it (a lint error elsewhere): the outbox item stands in the same
   * transaction, or neither does.
   */
  appendAct(db: WriteHandle, happening: JournalEntryInput<ActKind>, moment?: Moment): Link
  /** What is doubtful about the wall clock now, nothing when it is sound. */
  clockDoubt(): ClockDoubt | undefined
  /** The platform said what time it is: an instant in milliseconds. */
  clockTold(instant: number): void
  /** A person says that the wall clock is right as it stands. */
  confirmClock(): void
}

/**
 * The journal continues from its newest link. What is written while the clock stands back or doubtfully ahead carries
 * `clockBackMs` or `clockAheadMs` in its body.
 * @param committed hears of the newest link of each transaction once it is committed, before anybody else does
 */
export function createJournal(
  clock: Clock,
  counter: CounterId,
  db: ReadHandle,
  committed: (link: Pick<Link, 'seq' | 'hash'>) => void = () => undefined,
): Journal {
  const newest = journalHead(db)
  const timekeeper = createTimekeeper(clock, counter, newest === undefined ? undefined : parseHlc(newest.hlc), () =>
    newestActTime(db),
  )
  let last: string | undefined
  const add = (tx: WriteHandle, happening: JournalEntryInput<string>, moment = timekeeper.moment()): Link => {
    // Read inside the transaction: a link that was rolled back leaves no trace in memory.
    const head = journalHead(tx)
    const body = {
      ...happening.body,
      ...(moment.backMs > 0 ? { clockBackMs: moment.backMs } : {}),
      ...(moment.aheadMs > 0 ? { clockAheadMs: moment.aheadMs } : {}),
    }
    const content = {
      counter,
      seq: (head?.seq ?? 0) + 1,
      at: moment.at,
      hlc: moment.hlc,
      actor: happening.actor,
      kind: happening.kind,
      subject: happening.subject,
      body,
      prev: head?.hash ?? genesis,
    }
    const hash = linkHash(content)
    const { counter: _, ...row } = content
    insertJournal(tx, { ...row, body: canonicalJson(body), hash })
    last = hash
    tx.afterCommit(() => {
      if (last === hash) committed({ seq: content.seq, hash })
    })
    return { seq: content.seq, hash, moment }
  }
  return {
    moment: () => timekeeper.moment(),
    append: add,
    appendAct: add,
    clockDoubt: () => timekeeper.doubt(),
    clockTold: (instant) => {
      timekeeper.told(instant)
    },
    confirmClock: () => {
      timekeeper.confirm()
    },
  }
}
