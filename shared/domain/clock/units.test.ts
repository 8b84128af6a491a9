import { expect, test } from 'vitest'
import { day, hour, minute, second } from './units.ts'

test('spans are milliseconds', () => {
  expect([second, minute, hour, day]).toEqual([1_000, 60_000, 3_600_000, 86_400_000])
  expect(new Date(Date.parse('2026-03-01T00:00:00Z') - day).toISOString()).toBe('2026-02-28T00:00:00.000Z')
})
