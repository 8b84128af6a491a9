import type { LetterEvent, LetterView } from '#shared/contract/features/mail/views.ts'
import { clockOfLetter } from '#shared/domain/mail/letterClock.ts'
import { clearanceOf } from '#shared/domain/mail/mailOffice.ts'
import { faultOf } from '#shared/fault.ts'
import type { RegisterNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { readOffice, type Context, type SignedIn } from '../../core/context.ts'
import { purposeWithBasis, recordAccess, recordList, type Access } from '../../core/recordAccess.ts'
import { requestsOfLetter } from '../../core/rows/letterRequests.ts'
import { isMailClosed } from '../../core/rows/mailClosings.ts'
import { readHolidays } from '../../core/rows/reference.ts'
import type { ReadHandle } from '../../store/handle.ts'
import { acknowledgementOf, additionsOf, cancellationOf, movesOf, routingsOf } from './rows/events.ts'
import { archiveEventsOf, holdOf } from './rows/holds.ts'
import { remindersOf } from './rows/reminders.ts'
import {
  answersTo,
  filesOf,
  letterOfNumber,
  letterUpTo,
  levelOfNumber,
  lineOf,
  type LetterRow,
} from './rows/letters.ts'

/** Up to which level somebody sees letters, 0 to 3. */
export const clearanceOfPerson = ({ store }: Pick<Context, 'store'>, who: SignedIn): number =>
  clearanceOf(readOffice(store).mail, who.view.roles)

/** The letter of a number, for who may see it. Fault: letter.unknown, also where there is one that he may not see. */
export function visibleLetter(
  context: Pick<Context, 'store'>,
  who: SignedIn,
  number: string,
  db: ReadHandle = context.store.db,
): Result<LetterRow> {
  const row = letterOfNumber(db, number)
  return row === undefined || row.level > clearanceOfPerson(context, who) ? err(faultOf('letter.unknown')) : ok(row)
}

/** How a letter is looked at, for the access log. */
export const asMail = (context: Pick<Context, 'store'>): Pick<Access, 'means' | 'purpose'> => ({
  means: 'search',
  purpose: purposeWithBasis(context, 'mail'),
})

/** A letter with all that happened to it: an access, since it names who wrote. Faults: letter.unknown, those of `Tx`. */
export function showLetter(context: Context, who: SignedIn, number: RegisterNumber): Result<LetterView> {
  const found = visibleLetter(context, who, number)
  if (!found.ok) return found
  const recorded = recordAccess(context, { ...asMail(context), actor: who.code, subject: found.value.id })
  return recorded.ok ? ok(letterView(context.store.db, found.value, clearanceOfPerson(context, who))) : recorded
}

/** Enters that a list showed letters. Faults: those of `Tx`. */
export const recordLetters = (
  context: Context,
  who: SignedIn,
  rows: readonly { readonly id: string }[],
): Result<void> => recordList(context, who, { purpose: 'mail', subject: 'mail', shown: rows.map(({ id }) => id) })

/** A letter as it stands, up to what the level lets through. */
export function letterView(db: ReadHandle, row: LetterRow, level: number): LetterView {
  const routings = routingsOf(db, row.id)
  const routing = routings.at(-1)?.routing
  const requests = requestsOfLetter(db, row.id)
  const [served] = requests.slice(-1)
  const clock =
    served === undefined
      ? clockOfLetter(row.letter, readHolidays(db))
      : { lastDay: served.lastDay, source: 'loi 55-19' }
  const answers = answersTo(db, row.number).filter((number) => levelOfNumber(db, number) <= level)
  const held = holdOf(db, row.id)
  return {
    ...lineOf(row),
    letter: letterUpTo(db, row.letter, level),
    files: filesOf(db, row.id),
    ...(routing === undefined ? {} : { routing }),
    ...(clock === undefined ? {} : { clock }),
    events: eventsOf(db, row, { routings, answers, requests }),
    answers: [...answers],
    closed: isMailClosed(db, row.day),
    ...(row.class === undefined ? {} : { class: row.class }),
    ...(held === undefined ? {} : { held }),
  }
}

interface Sorted extends LetterEvent {
  readonly seq: number
}

const eventsOf = (
  db: ReadHandle,
  row: LetterRow,
  known: {
    readonly routings: ReturnType<typeof routingsOf>
    readonly answers: readonly RegisterNumber[]
    readonly requests: ReturnType<typeof requestsOfLetter>
  },
): LetterEvent[] => {
  const cancelled = cancellationOf(db, row.id)
  const acknowledged = acknowledgementOf(db, row.id)
  const all: readonly Sorted[] = [
    { at: row.registeredAt, agent: row.agent, what: 'registered', seq: 0 },
    ...known.routings.map(({ at, agent, seq, routing: { to, by, instruction } }): Sorted => ({
      at,
      agent,
      seq,
      what: 'routed',
      about: to,
      ...(instruction === undefined ? {} : { text: instruction }),
      ...(by === undefined ? {} : { by }),
    })),
    ...movesOf(db, row.id).flatMap(({ at, agent, seq, service, rank, receivedBy, receivedAt }): Sorted[] => [
      service === null
        ? { at, agent, seq, what: 'returned' }
        : { at, agent, seq, what: 'handedOver', about: service, text: String(rank ?? '') },
      ...(receivedBy === null || receivedAt === null
        ? []
        : [{ at: receivedAt, agent: receivedBy, seq: seq + 0.5, what: 'received' as const, about: service ?? '' }]),
    ]),
    ...remindersOf(db, row.id).map(({ service, rank, ...done }): Sorted => ({
      ...done,
      what: 'reminded',
      about: service,
      text: String(rank),
    })),
    ...archiveEventsOf(db, row.id).map(({ text, ...done }): Sorted => ({ ...done, text })),
    ...additionsOf(db, row.id).map(({ name, ...done }): Sorted => ({ ...done, what: 'scanAdded', text: name })),
    ...(acknowledged === undefined
      ? []
      : [{ ...acknowledged, what: 'acknowledged' as const, by: acknowledged.on }].map(({ on: _, ...event }) => event)),
    ...known.answers.flatMap((number): Sorted[] => {
      const answer = letterOfNumber(db, number)
      return answer === undefined
        ? []
        : [{ at: answer.registeredAt, agent: answer.agent, seq: answer.seq, what: 'answered', about: number }]
    }),
    ...known.requests.map(({ number, lastDay: _, ...done }): Sorted => ({
      ...done,
      what: 'requested',
      about: number,
    })),
    ...(cancelled === undefined
      ? []
      : [{ ...cancelled, what: 'cancelled' as const, text: cancelled.reason }].map(({ reason: _, ...event }) => event)),
  ]
  return all.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)).map(({ seq: _, ...event }) => event)
}
