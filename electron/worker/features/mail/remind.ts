import { acts } from '#shared/contract/acts.ts'
import type { ReminderPaper } from '#shared/contract/features/mail/paperFacts.ts'
import type { ReminderView } from '#shared/contract/features/mail/views.ts'
import { daysTo } from '#shared/domain/mail/baskets.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, PaperId, PrintJobId, RegisterNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct } from '../../acts/oneAct.ts'
import type { SignedIn } from '../../core/context.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { makePaper } from '../../papers/rows/papers.ts'
import { queuePrint } from '../../papers/rows/printJobs.ts'
import { checkOfficeRoom, lineOnPaper, madeBy, serviceOnPaper } from './mailPaper.ts'
import type { LetterRow } from './rows/letters.ts'
import { insertReminder, nextReminder, reminderOfCommand } from './rows/reminders.ts'
import { clearanceOfPerson, visibleLetter } from './seeLetter.ts'

/** Letters that one service is reminded of. */
export interface ReminderOrder {
  readonly commandId: CommandId
  readonly service: string
  readonly numbers: readonly RegisterNumber[]
  /** Else it is noted, and told by word of mouth. */
  readonly print: boolean
}

/**
 * Reminds a service of letters whose answer it owes: one act that names them, and one paper where that is asked.
 * Faults: letter.unknown, letter.notOwed (answered, cancelled, or with another service), receipt.tooLong (of the office),
 * those of `oneAct`.
 */
export function remind(
  { context, paper }: Pick<Issuing, 'context' | 'paper'>,
  who: SignedIn,
  order: ReminderOrder,
): Result<ReminderView> {
  const { commandId, service, print } = order
  const numbers = [...new Set(order.numbers)]
  const level = clearanceOfPerson(context, who)
  const again = (): Result<ReminderView> => reminderOr(reminderOfCommand(context.store.db, commandId, level))
  const asked = { numbers, service, print }
  return oneAct(context, who, { act: acts.serviceReminded, commandId, asked, again }, (db, begun) => {
    const letters: LetterRow[] = []
    for (const number of numbers) {
      const found = visibleLetter(context, who, number, db)
      if (!found.ok) return found
      const { state } = found.value
      if (state === 'answered' || state === 'cancelled' || found.value.service !== service)
        return err(faultOf('letter.notOwed', number))
      letters.push(found.value)
    }
    // The latest first, on paper too; those without a day come last.
    letters.sort((one, other) => (one.by ?? '9').localeCompare(other.by ?? '9'))
    const room = checkOfficeRoom(context)
    if (!room.ok) return room
    const [reminderId, rank, { at }] = [context.newId(), nextReminder(db), begun.moment]
    const named = letters.map(({ id, number }) => ({ letterId: id, number }))
    return ok({
      subject: reminderId,
      body: { reminder: rank, service, letters: named.map(({ number }) => number) },
      data: () => ({ reminderId, rank, service, letters: named, agent: who.code }),
      keep: ({ link }) => {
        const letterIds = letters.map(({ id }) => id)
        insertReminder(db, {
          reminderId,
          rank,
          service,
          at,
          commandId,
          letterIds,
          agent: who.code,
          journalSeq: link.seq,
        })
        if (print) {
          const id = reminderId as PaperId // newId makes UUIDs
          const facts: ReminderPaper = {
            ...madeBy(context, who, { at, utcOffsetMinutes: begun.utcOffsetMinutes }),
            rank,
            service: serviceOnPaper({ context, paper }, service),
            lines: letters.map((row) => ({
              ...lineOnPaper({ paper }, row),
              receivedOn: row.day,
              ...(row.by === undefined ? {} : { by: row.by }),
              daysLate: row.by === undefined ? 0 : Math.max(0, daysTo(row.by, begun.day)),
              times: row.reminders + 1,
            })),
          }
          const number = `${context.counter}/${String(rank)}`
          makePaper(db, { kind: 'mailReminder', id, subject: reminderId, number, facts, at })
          queuePrint(db, { id: context.newId() as PrintJobId, paperId: id, at }) // newId makes UUIDs
        }
        return reminderOr(reminderOfCommand(db, commandId, level))
      },
    })
  })
}

const reminderOr = (reminder: ReminderView | undefined): Result<ReminderView> =>
  reminder === undefined ? err(faultOf('letter.unknown')) : ok(reminder)
