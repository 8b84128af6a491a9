import fc from 'fast-check'
import { expect, test } from 'vitest'
import { civilIn, civilTime, endOfDay, instantOf, movedBy, pastTime } from './civil.ts'
import { bundledZone, offsetAt, zoneRule, type ZoneRule } from './zone.ts'

const casablanca = bundledZone('Africa/Casablanca') as ZoneRule
const brussels = bundledZone('Europe/Brussels') as ZoneRule

test('bundled rules are well formed, their transitions in order and each a change', () => {
  for (const rule of [casablanca, brussels]) {
    expect(zoneRule.parse(rule)).toEqual(rule)
    const times = rule.transitions.map((one) => Date.parse(one.at))
    expect(times).toEqual([...times].sort((one, other) => one - other))
    const offsets = [rule.utcOffsetMinutes, ...rule.transitions.map((one) => one.utcOffsetMinutes)]
    expect(offsets.every((one, index) => index === 0 || one !== offsets[index - 1])).toBe(true)
  }
  expect(bundledZone('Atlantis/Centre')).toBeUndefined()
})

test('Morocco is at GMT for good since 20 September 2026, whatever the runtime says', () => {
  expect(offsetAt(casablanca, Date.parse('2026-09-20T00:59:59Z'))).toBe(60)
  expect(offsetAt(casablanca, Date.parse('2026-09-20T01:00:00Z'))).toBe(0)
  expect(offsetAt(casablanca, Date.parse('2035-07-01T12:00:00Z'))).toBe(0)
  // Ramadan 2025.
  expect(offsetAt(casablanca, Date.parse('2025-03-10T12:00:00Z'))).toBe(0)
  expect(offsetAt(casablanca, Date.parse('2025-07-10T12:00:00Z'))).toBe(60)
})

test('an instant is that of the civil time; hours left out and hours that come twice have one', () => {
  expect(instantOf({ day: '2026-11-29', time: '09:00' }, casablanca)).toBe('2026-11-29T09:00:00.000Z')
  expect(instantOf({ day: '2026-07-01', time: '09:00' }, brussels)).toBe('2026-07-01T07:00:00.000Z')
  expect(instantOf({ day: '2026-03-29', time: '02:30' }, brussels)).toBe('2026-03-29T01:30:00.000Z')
  expect(instantOf({ day: '2026-10-25', time: '02:30' }, brussels)).toBe('2026-10-25T00:30:00.000Z')
  expect(endOfDay('2026-12-31', casablanca)).toBe('2027-01-01T00:00:00.000Z')
})

test('wall and instant agree wherever the hour exists', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.parse('2015-01-01'), max: Date.parse('2049-01-01') }), (at) => {
      for (const rule of [casablanca, brussels]) {
        const instant = Math.floor(at / 60_000) * 60_000
        const wall = new Date(instant + offsetAt(rule, instant) * 60_000).toISOString()
        const back = Date.parse(instantOf({ day: wall.slice(0, 10), time: wall.slice(11, 16) }, rule))
        // The second of an hour that comes twice is said as the first.
        expect([0, 3_600_000]).toContain(instant - back)
      }
    }),
  )
})

test('a new rule moves what is to come and says what moved; civil time and what happened stay', () => {
  const before: ZoneRule = { ...casablanca, version: '2025c', transitions: casablanca.transitions.slice(0, -1) }
  const items = [
    civilIn(before, '2026-09-01', '09:00'),
    civilIn(before, '2026-11-29', '09:00'),
    civilIn(brussels, '2026-11-29', '09:00'),
  ]
  expect(items.map((item) => civilTime.parse(item))).toEqual(items)
  expect(movedBy(items, before, casablanca)).toEqual([
    { item: items[1], from: '2026-11-29T08:00:00.000Z', to: '2026-11-29T09:00:00.000Z', by: 60 },
  ])
  expect(movedBy(items, casablanca, casablanca)).toEqual([])
  expect(pastTime.parse({ at: '2026-09-01T08:00:00Z', utcOffsetMinutes: 60 }).utcOffsetMinutes).toBe(60)
})
