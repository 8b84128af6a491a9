import type { DayView } from '#shared/contract/views.ts'
import { findDraft } from '../store/drafts.ts'
import { depositsDue, depositsOfDay } from '../store/requests.ts'
import { officeDay, readOffice, type Context, type SignedIn } from './context.ts'

/** How far ahead a last day is near, in days, and how many are shown. */
const near = 7
const shown = 50

/** The day of this counter, and the files whose last day comes soon. */
export function viewDay(context: Context, who: SignedIn): DayView {
  const { day } = officeDay(readOffice(context.store), context.clock.now())
  const deposits = depositsOfDay(context.store.db, day)
  const horizon = new Date(Date.parse(`${day}T00:00:00Z`) + near * 86_400_000).toISOString().slice(0, 10)
  return {
    day,
    served: deposits.length,
    incomplete: deposits.filter((deposit) => !deposit.complete).length,
    deposits: [...deposits],
    deadlines: [...depositsDue(context.store.db, day, horizon, shown)],
    draft: findDraft(context.store.db, who.view.login) !== undefined,
  }
}
