import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { officeSeed } from '#shared/domain/office.ts'
import { resources } from '#tests/builders/worker.ts'
import { officeDay, screenZone } from './context.ts'

const office = officeSeed.parse(JSON.parse(readFileSync(join(resources, 'seed/office.json'), 'utf8')))
const [before, after] = [new Date('2026-09-19T23:30:00Z'), new Date('2026-11-21T23:30:00Z')]

test('the day and the hour on the wall follow the decree, whatever tables the runtime has', () => {
  expect(officeDay(office, before)).toEqual({ day: '2026-09-20', utcOffsetMinutes: 60 })
  expect(officeDay(office, after)).toEqual({ day: '2026-11-21', utcOffsetMinutes: 0 })
})

test('screens get a zone that every runtime understands alike', () => {
  const hour = (zone: string, instant: Date): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' }).format(instant)
  expect(screenZone(office, before)).toBe('+01:00')
  expect(screenZone(office, after)).toBe('+00:00')
  expect(hour(screenZone(office, after), after)).toBe('23:30')
  const ahead = {
    ...office,
    legalTime: [
      { from: '2026-01-01T00:00:00Z', utcOffsetMinutes: 330, source: 'test' },
      { from: '2026-10-01T00:00:00Z', utcOffsetMinutes: -90, source: 'test' },
    ],
  }
  expect([screenZone(ahead, before), screenZone(ahead, after)]).toEqual(['+05:30', '-01:30'])
})
