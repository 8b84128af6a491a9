import { createHash } from 'node:crypto'
import { acts } from '#shared/contract/acts.ts'
import type { MailClosingView } from '#shared/contract/features/mail/views.ts'
import type { RegisterPaper } from '#shared/contract/features/mail/paperFacts.ts'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { checkRoom } from '#shared/domain/papers/room.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, PaperId, PrintJobId, Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct, type Begun } from '../../acts/oneAct.ts'
import { readOffice, type SignedIn } from '../../core/context.ts'
import {
  findMailClosing,
  insertMailClosing,
  listMailClosings,
  mailClosingOf,
  newestMailClosing,
} from '../../core/rows/mailClosings.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { makePaper } from '../../papers/rows/papers.ts'
import { queuePrint } from '../../papers/rows/printJobs.ts'
import type { ReadHandle } from '../../store/handle.ts'
import { isSilent, partyOf } from './mailPaper.ts'
import { cancellationOf } from './rows/events.ts'
import { unusedReferences } from './rows/references.ts'
import { changesOfDay, countRegisters, firstAndLast, linesOfDay } from './rows/registerOfDay.ts'

/** A day or a year whose registers are to be closed. */
export interface MailClosingOrder {
  readonly commandId: CommandId
  /** An ISO day, or a year of four digits. */
  readonly period: string
}

/**
 * Closes the registers of a day or of a year: what they hold, chained to the closing before, its link, its act and its
 * paper in one commit. Lines of that time are read-only from then on, and none is taken.
 * Faults: day.unknown (not begun), letter.dayClosed (`day`), receipt.tooLong (of the office: lines are cut), those of
 * `oneAct`.
 */
export function closeMail(
  { context, paper }: Pick<Issuing, 'context' | 'paper'>,
  who: SignedIn,
  order: MailClosingOrder,
): Result<MailClosingView> {
  const { commandId, period } = order
  const again = (): Result<MailClosingView> => {
    const made = findMailClosing(context.store.db, { id: commandId })
    return made === undefined ? err(faultOf('day.notClosed')) : ok(mailClosingOf(made))
  }
  return oneAct(context, who, { act: acts.mailClosed, commandId, asked: { period }, again }, (db, begun) => {
    if (period > begun.day.slice(0, period.length)) return err(faultOf('day.unknown'))
    if (findMailClosing(db, { period }) ?? findMailClosing(db, { period: period.slice(0, 4) }))
      return err(faultOf('letter.dayClosed', undefined, { day: period }))
    const before = newestMailClosing(db)
    const facts = stated({ context, paper }, db, who, { period, begun, previous: before?.hash ?? '' })
    const room = checkRoom(facts)
    if (!room.ok) return room
    const [first, last] = firstAndLast(db, period)
    const sum = (key: 'count' | 'cancelled'): number => facts.registers.reduce((all, one) => all + one[key], 0)
    const whole = {
      ...facts,
      ...(first === undefined || last === undefined ? {} : { first, last }),
      count: sum('count'),
      cancelled: sum('cancelled'),
    }
    // A shape of strings, numbers and lists of such.
    const text = canonicalJson(whole)
    const hash = createHash('sha256').update(text).digest('hex') as Sha256 // of that form
    return ok({
      subject: commandId,
      body: { period, hash, previous: facts.previous, count: whole.count, cancelled: whole.cancelled },
      data: () => ({ closingId: commandId, period, registers: facts.registers, hash, agent: who.code }),
      keep: ({ link }) => {
        const at = begun.moment.at
        const position = (before?.position ?? 0) + 1
        const row = { id: commandId, position, period, facts: text, hash, agent: who.code, at, journalSeq: link.seq }
        insertMailClosing(db, row)
        const paperId = commandId as string as PaperId // the id of a closing is that of its command
        makePaper(db, {
          kind: 'mailRegister',
          id: paperId,
          subject: commandId,
          number: period,
          facts: { ...facts, hash },
          at,
        })
        queuePrint(db, { id: context.newId() as PrintJobId, paperId, at }) // newId makes UUIDs
        return ok(mailClosingOf(row))
      },
    })
  })
}

/** References without a departure on one paper: an office that has more of a year does not use them. */
const mostUnused = 2_000

/** What a closing states: the lines of a day and what was changed of older ones, or the days of a year. */
const stated = (
  { context, paper: { legible } }: Pick<Issuing, 'context' | 'paper'>,
  db: ReadHandle,
  who: SignedIn,
  { period, begun, previous }: { readonly period: string; readonly begun: Begun; readonly previous: string },
): Omit<RegisterPaper, 'hash'> => {
  const { authority, name } = readOffice(context.store)
  const isDay = period.length === 10
  const lines = isDay ? linesOfDay(db, period) : []
  const days = isDay ? [] : listMailClosings(db, `${period}-`, 366).toReversed()
  return {
    counter: context.counter,
    at: begun.moment.at,
    utcOffsetMinutes: begun.utcOffsetMinutes,
    agent: who.code,
    authority,
    office: name,
    period,
    previous,
    registers: countRegisters(db, period),
    lines: lines.map(({ id, number, register, registeredAt, late, level, letter, service }) => ({
      number,
      register,
      registeredAt,
      late,
      confidential: isSilent(level),
      party: isSilent(level) ? '' : legible(partyOf(letter)),
      reference: isSilent(level) ? '' : legible(letter.reference ?? ''),
      ...(letter.inReplyTo === undefined ? {} : { answers: letter.inReplyTo }),
      ...(isSilent(level) || letter.theirReference === undefined
        ? {}
        : { theirReference: legible(letter.theirReference) }),
      subject: isSilent(level) ? '' : legible(letter.subject),
      service: legible(service ?? ''),
      cancelled: legible(cancellationOf(db, id)?.reason ?? ''),
    })),
    changes: isDay ? changesOfDay(db, period).map((one) => ({ ...one, text: legible(one.text) })) : [],
    unused: unusedReferences(db, period, mostUnused).map(({ text, service: unit, agent, reason }) => ({
      text: legible(text),
      service: legible(unit),
      agent,
      ...(reason === undefined ? {} : { reason }),
    })),
    days: days.map((row) => {
      const { count, cancelled } = mailClosingOf(row)
      return { day: row.period, count, cancelled, hash: row.hash }
    }),
  }
}
