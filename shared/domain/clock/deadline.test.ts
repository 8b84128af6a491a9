import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayIn, lastDay } from './deadline.ts'

const none = new Set<string>()

describe('the last day of a delay', () => {
  test('counts calendar days from the day after the deposit', () => {
    expect(lastDay('2026-11-21', { days: 15, unit: 'calendar' }, none)).toBe('2026-12-06')
    expect(lastDay('2028-02-28', { days: 1, unit: 'calendar' }, none)).toBe('2028-02-29')
  })

  test('counts working days over weekends and holidays', () => {
    // 2026-11-18 is a Wednesday and a holiday; Saturday and Sunday do not count.
    expect(lastDay('2026-11-17', { days: 1, unit: 'working' }, new Set(['2026-11-18']))).toBe('2026-11-19')
    expect(lastDay('2026-11-20', { days: 1, unit: 'working' }, none)).toBe('2026-11-23')
    expect(lastDay('2026-11-02', { days: 20, unit: 'working' }, new Set(['2026-11-06', '2026-11-18']))).toBe(
      '2026-12-02',
    )
  })

  test('a working delay is never shorter than the calendar one and never ends on a day off', () => {
    const day = fc
      .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 120 }), (start, days) => {
        const end = lastDay(start, { days, unit: 'working' }, none)
        expect(end >= lastDay(start, { days, unit: 'calendar' }, none)).toBe(true)
        expect([1, 2, 3, 4, 5]).toContain(new Date(`${end}T00:00:00Z`).getUTCDay())
      }),
    )
  })
})

test('the day of an instant is the one of the office, also when Morocco leaves GMT+1 for Ramadan', () => {
  expect(dayIn('Africa/Casablanca', new Date('2025-07-21T23:30:00Z'))).toBe('2025-07-22')
  expect(dayIn('Africa/Casablanca', new Date('2025-03-10T23:30:00Z'))).toBe('2025-03-10')
})
