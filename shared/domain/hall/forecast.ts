import { percentile, type Life } from './statistics.ts'

/** What is expected of one hour of a day, from the same hours of days before. Seconds; percentiles by nearest rank. */
export interface HourForecast {
  /** Of the wall clock: 9 is from nine to ten. */
  readonly hour: number
  /** Tickets taken: half of the days had so many or fewer, one of ten, nine of ten. */
  readonly tickets: number
  readonly low: number
  readonly high: number
  /** How long who took a ticket in this hour waited; absent where nobody was ever called. */
  readonly waitMedian?: number
  readonly waitP90?: number
}

/** A day that is to come, at one service. */
export interface Forecast {
  readonly service: string
  /** From how many days of the same weekday; below `leastDays` there is no hour. */
  readonly days: number
  /**
   * Off by so many tickets an hour on average, when each of these days that has enough days before it is foretold from
   * those: absent where none has.
   */
  readonly error?: number
  readonly hours: readonly HourForecast[]
}

/** With fewer days a forecast would be an accident of them; older ones than so many are of another season. */
export const [leastDays, mostDays] = [4, 8] as const

/**
 * Foretells the tickets of a day by service and hour: the percentiles of the last days with the same weekday on which
 * anybody took a ticket. An hour in which nobody came on such a day counts as none.
 * @param day the business day that is foretold; days from it on are not looked at
 * @param hourOf the hour of the wall clock at an instant in milliseconds
 */
export function forecastOf(lives: Iterable<Life>, day: string, hourOf: (at: number) => number): readonly Forecast[] {
  const weekday = weekdayOf(day)
  const past = [...lives].filter((life) => life.day < day && weekdayOf(life.day) === weekday)
  const days = [...new Set(past.map((life) => life.day))].sort()
  return [...new Set(past.map(({ service }) => service))].sort().map((service) => {
    const taken = new Map<string, Life[]>()
    for (const life of past.filter((one) => one.service === service)) {
      const key = `${life.day}/${String(hourOf(life.issued))}`
      taken.set(key, [...(taken.get(key) ?? []), life])
    }
    const hours = [...new Set([...taken.keys()].map((key) => Number(key.split('/')[1])))].sort((a, b) => a - b)
    const at = (one: string, hour: number): readonly Life[] => taken.get(`${one}/${String(hour)}`) ?? []
    const counts = (of: readonly string[], hour: number): readonly number[] =>
      of.map((one) => at(one, hour).length).sort((a, b) => a - b)
    const used = days.slice(-mostDays)
    if (used.length < leastDays) return { service, days: used.length, hours: [] }
    const misses = days.flatMap((one, index) => {
      const before = days.slice(Math.max(0, index - mostDays), index)
      return before.length < leastDays || !used.includes(one)
        ? []
        : hours.map((hour) => Math.abs(percentile(counts(before, hour), 0.5) - at(one, hour).length))
    })
    return {
      service,
      days: used.length,
      ...(misses.length === 0 ? {} : { error: misses.reduce((sum, miss) => sum + miss, 0) / misses.length }),
      hours: hours.map((hour) =>
        hourForecast(
          hour,
          counts(used, hour),
          used.flatMap((one) => at(one, hour)),
        ),
      ),
    }
  })
}

function hourForecast(hour: number, counts: readonly number[], lives: readonly Life[]): HourForecast {
  const waits = lives
    .filter(({ called }) => called)
    .map(({ waited }) => Math.round(waited / 1_000))
    .sort((a, b) => a - b)
  return {
    hour,
    tickets: percentile(counts, 0.5),
    low: percentile(counts, 0.1),
    high: percentile(counts, 0.9),
    ...(waits.length === 0 ? {} : { waitMedian: percentile(waits, 0.5), waitP90: percentile(waits, 0.9) }),
  }
}

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()
