import type { MailOverview, MailSettings } from '#shared/contract/features/mail/views.ts'
import { confidentialities } from '#shared/domain/mail/letter.ts'
import { usualMail } from '#shared/domain/mail/mailOffice.ts'
import { allows } from '#shared/domain/roles.ts'
import { officeDay, readOffice, type Context, type SignedIn } from '../../core/context.ts'
import { findMailClosing, mailClosingOf } from '../../core/rows/mailClosings.ts'
import { listLimit } from '../../core/handlerContext.ts'
import { countDue } from './rows/baskets.ts'
import { countRegisters, openDays, waiting } from './rows/registerOfDay.ts'
import { searchesOf } from './savedSearches.ts'
import { clearanceOfPerson } from './seeLetter.ts'

/** Today at the office, as an ISO day. */
export const todayOf = ({ store, clock }: Pick<Context, 'store' | 'clock'>): string =>
  officeDay(readOffice(store), clock.now()).day

/** How the registers are kept here: what the office says, and what is usual where it says nothing. */
export function mailSettingsOf(context: Context, who: SignedIn): MailSettings {
  const { mail } = readOffice(context.store)
  return {
    today: todayOf(context),
    services: [...(mail?.services ?? usualMail.services)],
    kinds: [...(mail?.kinds ?? usualMail.kinds)],
    instructions: [...(mail?.instructions ?? usualMail.instructions)],
    fields: mail?.fields ?? {},
    searches: [...searchesOf(context, who)],
    clearance: confidentialities[clearanceOfPerson(context, who)] ?? 'none',
  }
}

/** The morning: what a day holds (today, where none is asked for), what waits, which days are open. */
export function mailOverviewOf(context: Context, who: SignedIn, asked?: string): MailOverview {
  const { db } = context.store
  const today = todayOf(context)
  const day = asked ?? today
  const closing = findMailClosing(db, { period: day })
  const level = clearanceOfPerson(context, who)
  return {
    today,
    // Whoever closes sees what he will sign; nobody else a number of what he may not see.
    registers: countRegisters(db, day, allows(who.view.roles, 'closeMail') ? undefined : level),
    ...waiting(db, today, level),
    due: countDue(db, today, level),
    open: [...openDays(db, today, listLimit)],
    ...(closing === undefined ? {} : { closing: mailClosingOf(closing) }),
  }
}
