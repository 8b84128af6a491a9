import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aheadLimit, judgeClock } from './guard.ts'
import { day, hour, minute } from './units.ts'

const now = Date.parse('2026-11-29T09:00:00Z')

test('a clock that goes on as it should raises no doubt, also after sleep and after a closed week', () => {
  for (const known of [
    {},
    { expected: now, act: now - minute, journal: now - minute },
    { expected: now - 8 * hour, journal: now - 8 * hour },
    { expected: now - hour },
    { journal: now - 14 * day },
    { told: now + minute, journal: now - 300 * day },
  ])
    expect(judgeClock(now, known)).toEqual({ behindMs: 0, aheadMs: 0, doubt: undefined })
})

test('set back: behind the monotonic clock, or behind the newest act', () => {
  expect(judgeClock(now, { expected: now + 10 * minute })).toMatchObject({
    behindMs: 10 * minute,
    doubt: { kind: 'behind', ms: 10 * minute },
  })
  expect(judgeClock(now, { act: now + 365 * day }).behindMs).toBe(365 * day)
  // A link that is no act, a refused sign-in, holds nobody up.
  expect(judgeClock(now, { journal: now + 365 * day })).toEqual({ behindMs: 0, aheadMs: 0, doubt: undefined })
})

test('far ahead of everything known; over New Year sooner', () => {
  expect(judgeClock(now + 365 * day, { expected: now, journal: now }).doubt).toEqual({ kind: 'ahead', ms: 365 * day })
  expect(judgeClock(now, { journal: now - aheadLimit - 1 }).doubt?.kind).toBe('ahead')
  const january = Date.parse('2027-01-04T08:00:00Z')
  expect(judgeClock(january, { journal: Date.parse('2026-12-24T15:00:00Z') }).doubt?.kind).toBe('ahead')
  expect(judgeClock(january, { journal: Date.parse('2026-12-31T15:00:00Z') }).doubt).toBeUndefined()
})

test('what the platform says wins: it lifts a doubt, and raises one', () => {
  const january = Date.parse('2027-01-04T08:00:00Z')
  const journal = Date.parse('2026-12-01T15:00:00Z')
  expect(judgeClock(january, { journal, told: january - minute }).doubt).toBeUndefined()
  expect(judgeClock(january, { journal: january - hour, told: journal }).doubt?.kind).toBe('ahead')
  expect(judgeClock(january, { told: Date.parse('2026-12-31T22:00:00Z') }).aheadMs).toBeGreaterThan(0)
})

test('off by exactly an hour is a zone that somebody put right by turning the hands', () => {
  expect(judgeClock(now - hour, { expected: now }).doubt).toEqual({ kind: 'hour', ms: hour })
  expect(judgeClock(now + hour, { told: now }).doubt).toEqual({ kind: 'hour', ms: hour })
  expect(judgeClock(now - hour, { told: now }).doubt?.kind).toBe('hour')
  expect(judgeClock(now - 2 * hour, { expected: now }).doubt?.kind).toBe('behind')
})

test('behind and ahead are never negative, and never both', () => {
  const instant = fc.option(fc.integer({ min: now - 800 * day, max: now + 800 * day }), { nil: undefined })
  fc.assert(
    fc.property(
      fc.integer({ min: now - 800 * day, max: now + 800 * day }),
      instant,
      instant,
      instant,
      (wall, a, b, c) => {
        const { behindMs, aheadMs } = judgeClock(wall, { expected: a, journal: b, act: c })
        expect(behindMs).toBeGreaterThanOrEqual(0)
        expect(aheadMs).toBeGreaterThanOrEqual(0)
        if (behindMs > 0 && a !== undefined && wall < a) expect(aheadMs).toBe(0)
      },
    ),
  )
})
