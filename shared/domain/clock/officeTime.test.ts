import { expect, test } from 'vitest'
import { utcOffsetMinutes, wallTime, type OfficeZone } from './officeTime.ts'

const casablanca: OfficeZone = {
  name: 'Africa/Casablanca',
  changes: [{ from: '2026-09-20T01:00:00Z', utcOffsetMinutes: 0, source: 'tz 2026c' }],
}

test('the runtime tells the legal time, also when Morocco leaves GMT+1 for Ramadan', () => {
  expect(utcOffsetMinutes(casablanca, new Date('2025-07-21T12:00:00Z'))).toBe(60)
  expect(utcOffsetMinutes(casablanca, new Date('2025-03-10T12:00:00Z'))).toBe(0)
  expect(utcOffsetMinutes({ name: 'America/St_Johns', changes: [] }, new Date('2025-01-10T12:00:00Z'))).toBe(-210)
})

test('a decreed change wins from its instant on, whatever tables the runtime has', () => {
  expect(utcOffsetMinutes(casablanca, new Date('2026-09-20T00:59:59Z'))).toBe(60)
  expect(utcOffsetMinutes(casablanca, new Date('2026-09-20T01:00:00Z'))).toBe(0)
  expect(utcOffsetMinutes(casablanca, new Date('2027-07-01T12:00:00Z'))).toBe(0)
})

test('wall time crosses midnight and the year with the offset', () => {
  expect(wallTime(new Date('2026-12-31T23:30:00Z'), 60)).toEqual({ day: '2027-01-01', time: '00:30' })
  expect(wallTime(new Date('2026-01-01T00:10:00Z'), -60)).toEqual({ day: '2025-12-31', time: '23:10' })
})
