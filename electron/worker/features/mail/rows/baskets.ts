import type { MailOverview, ServiceBaskets } from '#shared/contract/features/mail/views.ts'
import { baskets, spanOfBasket } from '#shared/domain/mail/baskets.ts'
import type { ReadHandle } from '../../../store/handle.ts'

/** One column for each basket. */
const counted = baskets.map((one) => `coalesce(sum(due_on BETWEEN :${one}From AND :${one}To), 0) AS ${one}`).join(', ')
/** In the words of its index, or every letter that ever came is looked at. */
const owed = `due_on IS NOT NULL AND state NOT IN ('answered', 'cancelled') AND level <= :level`
const daysOf = (today: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    baskets.flatMap((one) => {
      const { from, to } = spanOfBasket(one, today)
      return [
        [`${one}From`, from],
        [`${one}To`, to],
      ]
    }),
  )

/** How many letters an answer is owed to, of those up to a level. */
export const countDue = (db: ReadHandle, today: string, level: number): MailOverview['due'] =>
  db.get<MailOverview['due']>(`SELECT ${counted} FROM letters WHERE ${owed}`, { ...daysOf(today), level }) ?? {
    late: 0,
    today: 0,
    soon: 0,
    waiting: 0,
  }

/**
 * What each service owes, of letters up to a level, the most pressing first. A letter that was not routed yet stands with
 * the service that was thought of for it.
 */
export const basketsOfServices = (db: ReadHandle, today: string, level: number): readonly ServiceBaskets[] =>
  db
    .all<Omit<ServiceBaskets, 'service'> & { readonly service: string | null }>(
      `SELECT service, sum(late) AS late, sum(today) AS today, sum(soon) AS soon, sum(waiting) AS waiting,
        sum(unrouted) AS unrouted FROM (
        SELECT service, ${counted}, 0 AS unrouted FROM letters WHERE ${owed} GROUP BY service
        UNION ALL SELECT service, 0, 0, 0, 0, count(*) FROM letters
          WHERE state = 'registered' AND register = 'arrival' AND level <= :level GROUP BY service
      ) GROUP BY service ORDER BY late DESC, today DESC, soon DESC, waiting DESC, unrouted DESC, service`,
      { ...daysOf(today), level },
    )
    .map(({ service, ...counts }) => (service === null ? counts : { service, ...counts }))
