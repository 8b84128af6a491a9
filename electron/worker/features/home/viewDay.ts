import type { DayView } from '#shared/contract/features/home/calls.ts'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import { allows } from '#shared/domain/roles.ts'
import { viewDrafts } from '../../core/viewDrafts.ts'
import { depositsDue, depositsOfDay } from '../../core/rows/requests.ts'
import { officeDay, readOffice, type Context, type SignedIn } from '../../core/context.ts'

/** How far ahead a last day is near, in days, and how many are shown. */
const near = 7
const shown = 50

/** The day of this counter, and the files whose last day comes soon. */
export function viewDay(context: Context, who: SignedIn): DayView {
  const { day } = officeDay(readOffice(context.store), context.clock.now())
  const deposits = depositsOfDay(context.store.db, day)
  const horizon = new Date(Date.parse(`${day}T00:00:00Z`) + near * 86_400_000).toISOString().slice(0, 10)
  const view: DayView = {
    day,
    served: deposits.length,
    incomplete: deposits.filter((deposit) => !deposit.complete).length,
    deposits: [...deposits],
    deadlines: [...depositsDue(context.store.db, day, horizon, shown)],
    drafts: viewDrafts(context, who),
  }
  return allows(who.view.roles, 'readReceipts') ? view : withoutNames(view)
}

/**
 * How many, of what and until when: for whoever has no reason to see people, and where it cannot be recorded that they
 * were seen.
 */
export const withoutNames = (view: DayView): DayView => {
  const nameless = (one: DepositView): DepositView => ({ ...one, citizen: '' })
  return { ...view, deposits: view.deposits.map(nameless), deadlines: view.deadlines.map(nameless) }
}
