import fc from 'fast-check'
import { expect, test } from 'vitest'
import { basketOf, baskets, daysTo, spanOfBasket } from './baskets.ts'

const isoDay = fc
  .integer({ min: Date.UTC(2020, 0, 1) / 86_400_000, max: Date.UTC(2040, 0, 1) / 86_400_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))

test('a last day lies in one basket at most, by how many days are left, and always among those that wait', () => {
  fc.assert(
    fc.property(isoDay, isoDay, (today, by) => {
      const inside = baskets.filter((one) => {
        const { from, to } = spanOfBasket(one, today)
        return by >= from && by <= to
      })
      const left = daysTo(today, by)
      const own = left < 0 ? ['late'] : left === 0 ? ['today'] : left <= 7 ? ['soon'] : []
      expect(inside).toEqual([...own, 'waiting'])
      expect(basketOf(by, today)).toBe(inside[0])
    }),
  )
})

test('days are counted over the end of a month and of a year, and back', () => {
  expect([daysTo('2026-11-30', '2026-12-02'), daysTo('2027-01-01', '2026-12-31')]).toEqual([2, -1])
})
