import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OfficeSeed } from '#shared/domain/office.ts'
import { officeDay } from '../../core/context.ts'
import { dayAfter, officeSpan } from './officeSpan.ts'

const office = (zone: string, legalTime: OfficeSeed['legalTime'] = []): OfficeSeed =>
  ({ zone, legalTime }) as OfficeSeed // only the time of it is asked for
const zones = ['Africa/Casablanca', 'Europe/Brussels', 'Pacific/Auckland', 'UTC', 'America/St_Johns']

test('the days of an office follow each other without a gap, and each holds exactly its own instants', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 1_500 }), (zone, after) => {
      const of = office(zone)
      const day = new Date(Date.UTC(2025, 0, 1) + after * 86_400_000).toISOString().slice(0, 10)
      const { from, to } = officeSpan(of, day)
      expect(officeSpan(of, dayAfter(day)).from).toBe(to)
      expect(
        [from, new Date(Date.parse(to) - 1).toISOString()].map((instant) => officeDay(of, new Date(instant)).day),
      ).toEqual([day, day])
      expect(officeDay(of, new Date(Date.parse(from) - 1)).day).not.toBe(day)
    }),
    { numRuns: 150 },
  )
})

test('a decreed change of the legal time wins over the tables', () => {
  const of = office('Africa/Casablanca', [{ from: '2026-11-21T02:00:00Z', utcOffsetMinutes: 120, source: 'test' }])
  expect(officeSpan(of, '2026-11-22')).toEqual({ from: '2026-11-21T22:00:00.000Z', to: '2026-11-22T22:00:00.000Z' })
})
