import { acts } from '#shared/contract/acts.ts'
import type { DayStatus } from '#shared/contract/features/closing/calls.ts'
import { allows } from '#shared/domain/roles.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneActTogether } from '../../acts/witness.ts'
import { findClosing, insertReopening, isClosedAfter } from '../../core/rows/closings.ts'
import type { ClosingOrder } from './closeDay.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import type { Credentials } from '../../core/signIn.ts'
import { viewDayStatus } from './viewDayStatus.ts'

/** Why, and the second person's own login and password, typed at this counter. */
export interface ReopeningOrder extends ClosingOrder {
  readonly reason: string
  readonly second: Credentials
}

/**
 * Opens a closed day again, by two people: the closing stays as it is, and the next one follows it. Only the newest
 * closed day is opened, since the totals of later ones rest on it.
 * Faults: day.notClosed, and those of `oneActTogether`.
 */
export function reopenDay(
  context: Context,
  who: SignedIn,
  { commandId, day, reason, second }: ReopeningOrder,
): Promise<Result<DayStatus>> {
  const status = (): Result<DayStatus> => ok(viewDayStatus(context, day))
  const order = {
    act: acts.dayReopened,
    commandId,
    asked: { day, reason },
    again: status,
    recorded: (said: Readonly<Record<string, unknown>>) => said['day'] === day && said['reason'] === reason,
    second,
    may: (roles: Parameters<typeof allows>[0]) => allows(roles, 'serveCitizens'),
  }
  return oneActTogether(context, who, order, (db, { moment, witness }) => {
    const closing = findClosing(db, day)
    if (closing === undefined || closing.reopened !== undefined || isClosedAfter(db, day))
      return err(faultOf('day.notClosed'))
    const { closingId, ordinal } = closing
    const agent = who.code
    return ok({
      subject: closingId,
      body: { day, ordinal, reason, witness },
      data: () => ({ closingId, day, ordinal, reason, agent, witness }),
      keep: ({ link }) => {
        insertReopening(db, { commandId, closingId, reason, agent, witness, at: moment.at, journalSeq: link.seq })
        return status()
      },
    })
  })
}
