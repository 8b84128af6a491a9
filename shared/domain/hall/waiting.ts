import type { Hall } from './hallState.ts'
import { isServedAt } from './order.ts'
import type { Ticket } from './ticket.ts'

/** How long somebody who comes now will wait, and one standard deviation of that; whole minutes. */
export interface WaitEstimate {
  readonly minutes: number
  readonly error: number
}

/** Services that were measured longer ago than this say little of now. */
const measuredWithin = 60 * 60_000
/** With fewer, a number would be invented. */
const leastMeasured = 3

/** What an estimate is made of, so that it can be explained. */
export interface WaitParts {
  /** The median of the services of the last hour, in milliseconds, and their standard deviation. */
  readonly service: number
  readonly spread: number
  /** After how many such services, one after the other, it is the turn of somebody who comes now. */
  readonly turns: number
}

/**
 * The waiting of somebody who takes a ticket of a service at an instant (milliseconds of the wall clock): the median
 * service of the last hour, times how many are before him at the counters that call this service. Each of these clears
 * a line of all that it serves, and together they are as fast as the sum of their rates. Where fewer than three of this
 * service were measured, all services are taken; fewer than three of those, or nobody serves it: nothing is said.
 * The error follows from the spread: so many services in a row differ by its root.
 */
export function estimateWait(hall: Hall, service: string, now: number): WaitEstimate | undefined {
  const parts = waitParts(hall, service, now)
  if (parts === undefined) return undefined
  const minutes = (ms: number): number => Math.round(ms / 60_000)
  return {
    minutes: minutes(parts.turns * parts.service),
    error: Math.max(minutes(Math.sqrt(parts.turns) * parts.spread), parts.turns > 0 ? 1 : 0),
  }
}

/** As `estimateWait`, in its parts. */
export function waitParts(hall: Hall, service: string, now: number): WaitParts | undefined {
  const counters = countersOf(hall, service, now)
  const own = measured(hall, now, service)
  const times = own.length >= leastMeasured ? own : measured(hall, now)
  if (counters.length === 0 || times.length < leastMeasured) return undefined
  const waiting = [...hall.tickets.values()].filter(({ state, day }) => state === 'waiting' && day === hall.day)
  const rate = counters.reduce<number>((sum, counter) => {
    const line = waiting.filter((ticket) => isServedAt(hall, counter, ticket.service)).length
    return sum + 1 / line
  }, 0)
  return { service: median(times), spread: deviation(times), turns: rate === Infinity ? 0 : 1 / rate }
}

/** Who signed on and is there; where nobody signs on, the counters that called within the hour. */
function countersOf(hall: Hall, service: string, now: number): readonly (string | number)[] {
  const signedOn = [...hall.counters.values()].filter(({ agent }) => agent !== undefined)
  if (signedOn.length > 0)
    return signedOn
      .filter(({ counter, away }) => away === undefined && isServedAt(hall, counter, service))
      .map(({ counter }) => counter)
  const called = [...hall.tickets.values()].flatMap(({ counter, calledAt }) =>
    counter !== undefined && calledAt !== undefined && now - Date.parse(calledAt) <= measuredWithin ? [counter] : [],
  )
  return [...new Set(called)].filter((counter) => isServedAt(hall, counter, service))
}

function measured(hall: Hall, now: number, service?: string): readonly number[] {
  return [...hall.tickets.values()].flatMap((ticket) => {
    const { state, endedAt } = ticket
    if (state !== 'done' || endedAt === undefined || now - Date.parse(endedAt) > measuredWithin) return []
    if (service !== undefined && ticket.service !== service) return []
    return [servedFor(ticket, endedAt)]
  })
}

/** From when he stood at the counter, or was called where nobody said so. Clocks differ: never less than nothing. */
const servedFor = ({ hereAt, calledAt }: Ticket, endedAt: string): number =>
  Math.max(0, Date.parse(endedAt) - Date.parse(hereAt ?? calledAt ?? endedAt))

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length / 2) - 1)] ?? 0
}

const deviation = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}
