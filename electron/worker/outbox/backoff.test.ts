import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoff, pauseAfter } from './backoff.ts'

test('a pause is anywhere below a ceiling that doubles up to five minutes', () => {
  expect([1, 2, 3, 4].map((failures) => pauseAfter(failures, () => 0.5))).toEqual([250, 500, 1000, 2000])
  expect(pauseAfter(1_000_000, () => 0.999_999)).toBe(backoff.cap - 1)
  expect(backoff.cap).toBe(5 * 60_000)
})

test('every pause is within bounds, whatever the number of failures', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      (failures, random) => {
        const pause = pauseAfter(failures, () => random)
        expect(Number.isInteger(pause) && pause >= 0 && pause < backoff.cap).toBe(true)
      },
    ),
  )
})
