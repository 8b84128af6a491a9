import { actTypes } from '#shared/contract/acts.ts'
import type { DayStatus } from '#shared/contract/features/closing.ts'
import { allows } from '#shared/domain/roles.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { saveTries } from '../../core/rows/accounts.ts'
import { findClosing, insertReopening, isClosedAfter, isReopening } from '../../core/rows/closings.ts'
import { insertCommand, lastCommand } from '../../outbox/rows/outboxRows.ts'
import { actCommand } from '../../acts/envelope.ts'
import { clockFault } from '../../core/clockRule.ts'
import type { ClosingOrder } from './closeDay.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { proveWho, type Credentials } from '../../core/signIn.ts'
import { viewDayStatus } from './viewDayStatus.ts'

/** Why, and the second person's own login and password, typed at this counter. */
export interface ReopeningOrder extends ClosingOrder {
  readonly reason: string
  readonly second: Credentials
}

/**
 * Opens a closed day again, by two people: the closing stays as it is, and the next one follows it. Only the newest
 * closed day is
 * opened, since the totals of later ones rest on it.
 * Faults: day.notClosed, correction.samePerson (or one who may not), clock.behind, those of `proveWho` and of `Tx`.
 */
export async function reopenDay(context: Context, who: SignedIn, order: ReopeningOrder): Promise<Result<DayStatus>> {
  const { store, journal, counter } = context
  if (isReopening(store.db, order.commandId)) return ok(viewDayStatus(context, order.day))
  const second = await proveWho(context, order.second)
  if (!second.ok) return second
  const { code: witness, login, roles } = second.value
  if (witness === who.code || login === who.view.login || !allows(roles, 'serveCitizens'))
    return err(faultOf('correction.samePerson'))
  const moment = journal.moment()
  const behind = clockFault(context, who, moment)
  if (behind !== undefined) return err(behind)
  const reopened = store.tx((db) => {
    const closing = findClosing(db, order.day)
    if (closing === undefined || closing.reopened !== undefined || isClosedAfter(db, order.day))
      return err(faultOf('day.notClosed'))
    const { closingId, day, ordinal } = closing
    saveTries(db, login, 0, undefined)
    const { reason } = order
    const link = journal.append(
      db,
      { actor: who.code, kind: 'day.reopened', subject: closingId, body: { day, ordinal, reason, witness } },
      moment,
    )
    insertReopening(db, {
      commandId: order.commandId,
      closingId,
      reason,
      agent: who.code,
      witness,
      at: moment.at,
      journalSeq: link.seq,
    })
    insertCommand(
      db,
      actCommand({
        id: order.commandId,
        type: actTypes.dayReopened,
        counter,
        moment,
        last: lastCommand(db),
        data: {
          closingId,
          day,
          ordinal,
          reason,
          agent: who.code,
          witness,
          journal: { seq: link.seq, hash: link.hash },
          clockBackMs: moment.backMs === 0 ? undefined : moment.backMs,
        },
      }),
    )
    return ok(undefined)
  })
  return reopened.ok ? ok(viewDayStatus(context, order.day)) : reopened
}
