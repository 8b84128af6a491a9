import { createHash } from 'node:crypto'
import { acts } from '#shared/contract/acts.ts'
import type { DayStatus } from '#shared/contract/features/closing/calls.ts'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { addDay, type ClosingAnchor, type ClosingFacts } from '#shared/domain/closing/closing.ts'
import { checkRoom } from '#shared/domain/papers/room.ts'
import { faultOf } from '#shared/fault.ts'
import type { ClosingId, CommandId, PrintJobId, Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct } from '../../acts/oneAct.ts'
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
import { readOffice, type Context, type SignedIn } from '../../core/context.ts'
import type { WriteHandle } from '../../store/handle.ts'
import { viewDayStatus } from './viewDayStatus.ts'

/** A day that is to be closed, or a paper of whose closing is wanted. */
export interface ClosingOrder {
  readonly commandId: CommandId
  /** ISO day of the office. */
  readonly day: string
}

/**
 * Closes a day of the office: figures and running totals chained to the closing before, journal link, the counter's
 * signature over that link, act to the platform and A4 statement in one commit. Acts of that day are refused from then
 * on. A day that has passed may be closed too; days are closed in their order. The same command id closes once.
 * Faults: day.unknown (not begun), day.closed, day.earlierOpen, receipt.tooLong (a text that the statement has no room
 * for; nothing is written then), and those of `oneAct`.
 */
export function closeDay(
  context: Context,
  key: CounterKeyPair,
  who: SignedIn,
  { commandId, day }: ClosingOrder,
): Result<DayStatus> {
  const { journal, counter } = context
  const status = (): Result<DayStatus> => ok(viewDayStatus(context, day))
  const order = {
    act: acts.dayClosed,
    commandId,
    asked: { day },
    again: status,
    recorded: () => findClosingById(context.store.db, commandId)?.day === day,
  }
  return oneAct(context, who, order, (db, { moment, day: today, utcOffsetMinutes }) => {
    if (day > today) return err(faultOf('day.unknown'))
    if (isClosed(db, day)) return err(faultOf('day.closed', undefined, { day }))
    const earlier = openDays(db).find((one) => one < day)
    if (earlier !== undefined) return err(faultOf('day.earlierOpen', undefined, { day: earlier }))
    const closedAt = { closedAt: moment.at, utcOffsetMinutes, agent: who.code }
    const { position, facts } = stateDay(db, day, { counter, ...closedAt })
    const { authority, name } = readOffice(context.store)
    const room = checkRoom([facts, authority, name])
    if (!room.ok) return room
    const hash = createHash('sha256').update(canonicalJson(facts)).digest('hex') as Sha256 // of that form
    const { ordinal, previous, figures } = facts
    let anchor: ClosingAnchor | undefined
    return ok({
      subject: commandId,
      body: { day, ordinal, hash, previous, issued: figures.amounts.issued },
      data: (link) => {
        anchor = { ...signPoint(counter, link, key), hash: link.hash }
        return { closingId: commandId, facts, hash, anchor }
      },
      keep: ({ link }) => {
        if (anchor === undefined) throw new Error('a closing is signed with its act')
        journal.append(db, { actor: 'counter', kind: anchorKind, subject: counter, body: anchor }, moment)
        insertClosing(db, { id: commandId, position, day, ordinal, facts, hash, anchor, journalSeq: link.seq })
        const paperId = commandId as string as ClosingId // the id of a closing is that of its command
        makePaper(db, {
          kind: 'closing',
          id: paperId,
          subject: commandId,
          number: day,
          rank: ordinal - 1,
          facts: { facts, hash, anchor, authority, office: name },
          at: moment.at,
        })
        // newId makes UUIDs
        queuePrint(db, { id: context.newId() as PrintJobId, paperId, at: moment.at })
        return status()
      },
    })
  })
}

/** What the closing of a day states, and its place among all closings. */
const stateDay = (
  db: WriteHandle,
  day: string,
  by: Pick<ClosingFacts, 'counter' | 'closedAt' | 'utcOffsetMinutes' | 'agent'>,
): { readonly position: number; readonly facts: ClosingFacts } => {
  const before = closingBefore(db, day)
  const figures = readDayFigures(db, day, before?.journalSeq ?? 0)
  const [newest, head] = [newestClosing(db), newestHead(db)]
  const facts: ClosingFacts = {
    version: 1,
    ...by,
    ordinal: timesClosed(db, day) + 1,
    figures,
    totals: addDay(before?.facts.totals, figures.amounts),
    // Digests have the form of their brand by construction.
    previous: (newest?.hash ?? genesis) as Sha256,
    ...(head === undefined ? {} : { countersigned: { seq: head.seq, hash: head.hash as Sha256, at: head.signedAt } }),
  }
  return { position: (newest?.position ?? 0) + 1, facts }
}
