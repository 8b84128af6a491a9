import type { MailOverview, ServiceBaskets } from '#shared/contract/features/mail/views.ts'
import { spanOfBasket, type Basket } from '#shared/domain/mail/baskets.ts'
import type { DemoLetter } from '../demoLetters.ts'

/** Whether an answer is owed to a letter, with its last day in a basket. */
export const isOwed = ({ by, state }: DemoLetter, basket: Basket, today: string): boolean => {
  const { from, to } = spanOfBasket(basket, today)
  return by !== undefined && by >= from && by <= to && state !== 'answered' && state !== 'cancelled'
}

export const countDue = (letters: readonly DemoLetter[], today: string): MailOverview['due'] => {
  const of = (basket: Basket): number => letters.filter((one) => isOwed(one, basket, today)).length
  return { late: of('late'), today: of('today'), soon: of('soon'), waiting: of('waiting') }
}

const isUnrouted = ({ state, register }: DemoLetter): boolean => state === 'registered' && register === 'arrival'

/** What each service owes, the latest first. */
export const demoBaskets = (letters: readonly DemoLetter[], today: string): ServiceBaskets[] => {
  const wanted = letters.filter((one) => isUnrouted(one) || isOwed(one, 'waiting', today))
  return [...new Set(wanted.map((one) => one.service))]
    .map((service) => {
      const mine = wanted.filter((one) => one.service === service)
      return {
        ...(service === undefined ? {} : { service }),
        ...countDue(mine, today),
        unrouted: mine.filter(isUnrouted).length,
      }
    })
    .sort((one, other) => other.late - one.late || other.today - one.today || other.soon - one.soon)
}

/** A letter once its service was reminded of it. */
export const demoReminded = (
  one: DemoLetter,
  { at, rank, service }: { readonly at: string; readonly rank: number; readonly service: string },
): DemoLetter => ({
  ...one,
  reminded: { times: (one.reminded?.times ?? 0) + 1, at },
  events: [...one.events, { at, agent: 'BO-007', what: 'reminded', about: service, text: String(rank) }],
})
