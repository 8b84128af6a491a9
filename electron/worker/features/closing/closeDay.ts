import { createHash } from 'node:crypto'
import { actTypes } from '#shared/contract/acts.ts'
import type { DayStatus } from '#shared/contract/features/closing.ts'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { addDay, type ClosingFacts } from '#shared/domain/closing/closing.ts'
import { faultOf } from '#shared/fault.ts'
import type { ClosingId, CommandId, PrintJobId, Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { anchorKind, signPoint } from '../../journal/anchor.ts'
import { genesis } from '../../journal/link.ts'
import type { CounterKeyPair } from '../../keys/counterKey.ts'
import { makePaper } from '../../papers/rows/papers.ts'
import { queuePrint } from '../../papers/rows/printJobs.ts'
import {
  closingBefore,
  findClosingById,
  insertClosing,
  isClosed,
  newestClosing,
  timesClosed,
} from '../../core/rows/closings.ts'
import { openDays, readDayFigures } from './rows/dayFigures.ts'
import { newestHead } from '../../outbox/rows/heads.ts'
import { insertCommand, lastCommand } from '../../outbox/rows/outboxRows.ts'
import { actCommand } from '../../acts/envelope.ts'
import { clockFault } from '../../core/clockRule.ts'
import { officeDay, readOffice, type Context, type SignedIn } from '../../core/context.ts'
import { viewDayStatus } from './viewDayStatus.ts'

/** A day that is to be closed, or a paper of whose closing is wanted. */
export interface ClosingOrder {
  readonly commandId: CommandId
  /** ISO day of the office. */
  readonly day: string
}

/**
 * Closes a day of the office: figures and running totals chained to the closing before, journal link, the counter's
 * signature over
 * that link, act to the platform and A4 statement in one commit. Acts of that day are refused from then on. A day that
 * has passed may
 * be closed too; days are closed in their order. The same command id closes once.
 * Faults: day.unknown (not begun), day.closed, day.earlierOpen, clock.behind, and those of `Tx`.
 */
export function closeDay(
  context: Context,
  key: CounterKeyPair,
  who: SignedIn,
  { commandId, day }: ClosingOrder,
): Result<DayStatus> {
  const { store, journal, counter } = context
  if (findClosingById(store.db, commandId) !== undefined) return ok(viewDayStatus(context, day))
  const moment = journal.moment()
  const behind = clockFault(context, who, moment)
  if (behind !== undefined) return err(behind)
  const office = readOffice(store)
  const now = officeDay(office, new Date(moment.at))
  if (day > now.day) return err(faultOf('day.unknown'))
  const closed = store.tx((db) => {
    if (isClosed(db, day)) return err(faultOf('day.closed', undefined, { day }))
    const earlier = openDays(db).find((one) => one < day)
    if (earlier !== undefined) return err(faultOf('day.earlierOpen', undefined, { day: earlier }))
    const before = closingBefore(db, day)
    const figures = readDayFigures(db, day, before?.journalSeq ?? 0)
    const [newest, head] = [newestClosing(db), newestHead(db)]
    const facts: ClosingFacts = {
      version: 1,
      counter,
      ordinal: timesClosed(db, day) + 1,
      closedAt: moment.at,
      utcOffsetMinutes: now.utcOffsetMinutes,
      agent: who.code,
      figures,
      totals: addDay(before?.facts.totals, figures.amounts),
      // Digests have the form of their brand by construction.
      previous: (newest?.hash ?? genesis) as Sha256,
      ...(head === undefined ? {} : { countersigned: { seq: head.seq, hash: head.hash as Sha256, at: head.signedAt } }),
    }
    const hash = createHash('sha256').update(canonicalJson(facts)).digest('hex') as Sha256
    const link = journal.append(
      db,
      {
        actor: who.code,
        kind: 'day.closed',
        subject: commandId,
        body: { day, ordinal: facts.ordinal, hash, previous: facts.previous, issued: figures.amounts.issued },
      },
      moment,
    )
    const anchor = signPoint(counter, link, key)
    journal.append(db, { actor: 'counter', kind: anchorKind, subject: counter, body: anchor }, moment)
    insertClosing(db, {
      id: commandId,
      position: (newest?.position ?? 0) + 1,
      day,
      ordinal: facts.ordinal,
      facts,
      hash,
      anchor,
      journalSeq: link.seq,
    })
    insertCommand(
      db,
      actCommand({
        id: commandId,
        type: actTypes.dayClosed,
        counter,
        moment,
        last: lastCommand(db),
        data: {
          closingId: commandId,
          facts,
          hash,
          anchor,
          journal: { seq: link.seq, hash: link.hash },
          clockBackMs: moment.backMs === 0 ? undefined : moment.backMs,
        },
      }),
    )
    const paper = commandId as string as ClosingId // the id of a closing is that of its command
    makePaper(db, {
      kind: 'closing',
      id: paper,
      subject: commandId,
      number: day,
      rank: facts.ordinal - 1,
      facts: { facts, hash, anchor, authority: office.authority, office: office.name },
      at: moment.at,
    })
    // newId makes UUIDs
    queuePrint(db, { id: context.newId() as PrintJobId, paperId: paper, at: moment.at })
    return ok(undefined)
  })
  return closed.ok ? ok(viewDayStatus(context, day)) : closed
}
