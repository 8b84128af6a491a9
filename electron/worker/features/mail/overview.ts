import type { MailClosingView, MailOverview, MailSettings } from '#shared/contract/features/mail/views.ts'
import { confidentialities } from '#shared/domain/mail/letter.ts'
import { usualMail } from '#shared/domain/mail/mailOffice.ts'
import { allows } from '#shared/domain/roles.ts'
import { officeDay, readOffice, type Context, type SignedIn } from '../../core/context.ts'
import { countDigitalItems } from '../../core/rows/digitalItems.ts'
import { findMailClosing, listMailClosings, mailClosingOf, type MailClosingRow } from '../../core/rows/mailClosings.ts'
import { listLimit } from '../../core/handlerContext.ts'
import { planOf } from './archive/letterFile.ts'
import { countDue } from './rows/baskets.ts'
import { countRegisters, firstAndLast, openDays, waiting } from './rows/registerOfDay.ts'
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
    plan: [...planOf(context)],
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
    registers: countRegisters(db, day, closingLevel(context, who)),
    ...waiting(db, today, level),
    due: countDue(db, today, level),
    digital: countDigitalItems(db, level),
    open: [...openDays(db, today, listLimit)],
    ...(closing === undefined ? {} : { closing: closingFor(context, who, closing) }),
  }
}

/** Whoever closes sees what he signs; nobody else a number, or a count, of what he may not see. */
const closingLevel = (context: Pick<Context, 'store'>, who: SignedIn): number =>
  allows(who.view.roles, 'closeMail') ? 3 : clearanceOfPerson(context, who)

/** The newest closings of the registers, newest first. */
export const closingsFor = (context: Context, who: SignedIn): MailClosingView[] =>
  listMailClosings(context.store.db, '', listLimit).map((row) => closingFor(context, who, row))

/** What a closing states; to whom it may not say all of it, of the lines that he may see. */
const closingFor = (context: Context, who: SignedIn, row: MailClosingRow): MailClosingView => {
  const [{ db }, level] = [context.store, closingLevel(context, who)]
  const stated = mailClosingOf(row)
  if (level === 3) return stated
  const { first: _, last: __, ...rest } = stated
  const registers = countRegisters(db, row.period, level)
  const [first, last] = firstAndLast(db, row.period, level)
  const sum = (key: 'count' | 'cancelled'): number => registers.reduce((total, one) => total + one[key], 0)
  return {
    ...rest,
    ...(first === undefined || last === undefined ? {} : { first, last }),
    registers,
    count: sum('count'),
    cancelled: sum('cancelled'),
  }
}
