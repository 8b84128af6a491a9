import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PartialDate } from './identity.ts'
import { flawOfIdentity, isReal } from './plausible.ts'

const today = '2026-11-30'
const flaw = (value: string, precision: PartialDate['precision']): string | undefined =>
  flawOfIdentity({ familyName: 'A', givenNames: 'B', birthDate: { value, precision } }, today)

test.each([
  ['1991-02-30', 'day', 'birthDate: not in the calendar'],
  ['1991-13-45', 'day', 'birthDate: not in the calendar'],
  ['1900-02-29', 'day', 'birthDate: not in the calendar'],
  ['1991-13', 'month', 'birthDate: not in the calendar'],
  ['1991-00', 'month', 'birthDate: not in the calendar'],
  ['1991', 'day', 'birthDate: the precision day does not fit'],
  ['1991-04-17', 'year', 'birthDate: the precision year does not fit'],
  ['2999-01-01', 'day', 'birthDate: in the future'],
  ['2026-12', 'month', 'birthDate: in the future'],
  ['2027', 'year', 'birthDate: in the future'],
  ['0001-01-01', 'day', 'birthDate: before 1900'],
  ['1899', 'year', 'birthDate: before 1900'],
  ['2024-02-29', 'day', undefined],
  [today, 'day', undefined],
  ['2026-11', 'month', undefined],
  ['2026', 'year', undefined],
  ['1900-01-01', 'day', undefined],
] as const)('a birth of %s, precise to the %s: %s', (value, precision, said) => {
  expect(flaw(value, precision)).toBe(said)
})

test('a document that ends before it begins cannot be', () => {
  const person = { familyName: 'A', givenNames: 'B', validFrom: '2026-01-02', validUntil: '2026-01-01' }
  expect(flawOfIdentity(person, today)).toBe('validUntil: before validFrom')
})

test('every day that a calendar gives is real, and no 31st of a shorter month', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2026-11-30'), noInvalidDate: true }), (date) => {
      const day = date.toISOString().slice(0, 10)
      expect([isReal(day), isReal(day.slice(0, 7)), isReal(day.slice(0, 4))]).toEqual([true, true, true])
    }),
  )
  for (const month of ['02', '04', '06', '09', '11']) expect(isReal(`2026-${month}-31`)).toBe(false)
})
