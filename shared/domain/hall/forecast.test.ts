import fc from 'fast-check'
import { expect, test } from 'vitest'
import { forecastOf, leastDays, mostDays, type Forecast } from './forecast.ts'
import type { Life } from './statistics.ts'

const hourOf = (at: number): number => new Date(at).getUTCHours()
const target = '2026-11-30'
const ago = (days: number): string =>
  new Date(Date.parse(`${target}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)

const life = (day: string, hour: number, service: string, waited?: number): Life => ({
  day,
  service,
  issued: Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000 + 60_000,
  waited: waited ?? 0,
  called: waited !== undefined,
})
const lives = fc.array(
  fc
    .record({
      week: fc.integer({ min: -1, max: 12 }),
      shift: fc.constantFrom(0, 0, 0, 1),
      hour: fc.integer({ min: 8, max: 11 }),
      service: fc.constantFrom('A', 'B'),
      waited: fc.option(fc.integer({ min: 0, max: 4_000_000 }), { nil: undefined }),
    })
    .map(({ week, shift, hour, service, waited }) => life(ago(week * 7 + shift), hour, service, waited)),
  { maxLength: 150, size: 'max' },
)

/** Slowly: for each service, hour and day all tickets are gone through again, and ranks are counted one by one. */
function slowly(all: readonly Life[]): readonly Forecast[] {
  const rank = (values: readonly number[], share: number): number =>
    values.find(
      (one) =>
        values.filter((other) => other <= one).length >= share * values.length &&
        !values.some(
          (smaller) => smaller < one && values.filter((other) => other <= smaller).length >= share * values.length,
        ),
    ) ?? 0
  const days = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    .map((week) => ago(week * 7))
    .filter((day) => all.some((one) => one.day === day))
  const count = (service: string, day: string, hour: number): number =>
    all.filter((one) => one.service === service && one.day === day && hourOf(one.issued) === hour).length
  return ['A', 'B'].flatMap((service): Forecast[] => {
    const own = all.filter((one) => one.service === service && days.includes(one.day))
    if (own.length === 0) return []
    const used = days.filter((_, index) => index >= days.length - mostDays)
    if (used.length < leastDays) return [{ service, days: used.length, hours: [] }]
    const hours = [8, 9, 10, 11].filter((hour) => own.some((one) => hourOf(one.issued) === hour))
    let [sum, told] = [0, 0]
    for (const day of used) {
      const before = days
        .filter((one) => one < day)
        .reverse()
        .filter((_, index) => index < mostDays)
      if (before.length < leastDays) continue
      for (const hour of hours) {
        sum += Math.abs(
          rank(
            before.map((one) => count(service, one, hour)),
            0.5,
          ) - count(service, day, hour),
        )
        told += 1
      }
    }
    return [
      {
        service,
        days: used.length,
        ...(told === 0 ? {} : { error: sum / told }),
        hours: hours.map((hour) => {
          const counts = used.map((day) => count(service, day, hour))
          const waits = own
            .filter((one) => used.includes(one.day) && hourOf(one.issued) === hour && one.called)
            .map(({ waited }) => Math.round(waited / 1_000))
          return {
            hour,
            tickets: rank(counts, 0.5),
            low: rank(counts, 0.1),
            high: rank(counts, 0.9),
            ...(waits.length === 0 ? {} : { waitMedian: rank(waits, 0.5), waitP90: rank(waits, 0.9) }),
          }
        }),
      },
    ]
  })
}

test('a forecast is that of a slow count: of the same weekday alone, of days that were, with the error it would have made', () => {
  fc.assert(
    fc.property(lives, (all) => {
      const fast = forecastOf(all, target, hourOf)
      const slow = slowly(all)
      expect(fast.map(({ error, ...rest }) => ({ ...rest, error: error?.toFixed(9) }))).toEqual(
        slow.map(({ error, ...rest }) => ({ ...rest, error: error?.toFixed(9) })),
      )
    }),
    { numRuns: 200 },
  )
})

test('fewer days than are needed foretell nothing; days that are all alike are foretold without an error', () => {
  const monday = (week: number) => [8, 8, 9].map((hour) => life(ago(week * 7), hour, 'A', 60_000))
  expect(forecastOf([1, 2, 3].flatMap(monday), target, hourOf)).toEqual([{ service: 'A', days: 3, hours: [] }])
  expect(forecastOf([1, 2, 3, 4, 5].flatMap(monday), target, hourOf)).toEqual([
    {
      service: 'A',
      days: 5,
      error: 0,
      hours: [
        { hour: 8, tickets: 2, low: 2, high: 2, waitMedian: 60, waitP90: 60 },
        { hour: 9, tickets: 1, low: 1, high: 1, waitMedian: 60, waitP90: 60 },
      ],
    },
  ])
})
