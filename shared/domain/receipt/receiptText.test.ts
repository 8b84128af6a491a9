import fc from 'fast-check'
import { expect, test } from 'vitest'
import words from './receipt.json' with { type: 'json' }
import { countOf, datum, formatDay, formatDirhams, formatInstant, isolated, withoutControls } from './receiptText.ts'
import { fill } from '../../text/fill.ts'
import { receiptTemplate } from './receiptTemplate.ts'

test.each([
  [0, '0,00'],
  [5, '0,05'],
  [75_000, '750,00'],
  [123_456_789, '1\u202f234\u202f567,89'],
])('%i centimes are %s dirhams', (centimes, written) => {
  expect(formatDirhams(centimes)).toBe(written)
})

test('money read back is what was written', () => {
  fc.assert(
    fc.property(fc.nat(), (centimes) => {
      expect(Number(formatDirhams(centimes).replace(/\D/gu, ''))).toBe(centimes)
    }),
  )
})

test('thousands stand apart by a narrow space that does not break, on the paper too', () => {
  expect(formatDirhams(500_000)).toBe('5\u202f000,00')
  expect(withoutControls(datum(formatDirhams(123_456_789)))).toBe('1\u202f234\u202f567,89')
})

test('days are written with slashes, which survive Arabic order', () => {
  expect(formatDay('2026-12-06')).toBe('06/12/2026')
})

test('an instant is told in legal time, with its distance from UTC', () => {
  expect(formatInstant('2026-11-21T23:42:00.000Z', 'Europe/Paris')).toEqual({
    day: '22/11/2026',
    time: '00:42',
    offset: 'GMT+1',
  })
  expect(formatInstant('2026-07-01T09:05:00.000Z', 'Europe/Paris')).toEqual({
    day: '01/07/2026',
    time: '11:05',
    offset: 'GMT+2',
  })
})

test.each([
  [1, '1\u00a0jour', 'يوم واحد'],
  [2, '2\u00a0jours', 'يومين'],
  [3, '3\u00a0jours', '3\u00a0أيام'],
  [10, '10\u00a0jours', '10\u00a0أيام'],
  [15, '15\u00a0jours', '15\u00a0يوما'],
  [100, '100\u00a0jours', '100\u00a0يوم'],
  [103, '103\u00a0jours', '103\u00a0أيام'],
  [120, '120\u00a0jours', '120\u00a0يوما'],
])('%i takes the right number of the noun', (count, fr, ar) => {
  expect(countOf(count, receiptTemplate.parse(words).words.delay.calendar)).toEqual({ fr, ar })
})

test('a place is filled, and one without a value is an error of the program', () => {
  expect(fill('le {day}', { day: '1' })).toBe('le 1')
  expect(() => fill('le {day}', {})).toThrow(TypeError)
})

test('typed text is set on one line', () => {
  expect(withoutControls(isolated('Atlas\nSARL\t\u202f2'))).toBe('Atlas SARL 2')
  expect(withoutControls(datum('750,00\u00a0DH'))).toBe('750,00\u00a0DH')
})

test('isolates leave no ink', () => {
  expect(withoutControls(datum('12') + isolated('فاطمة'))).toBe('12فاطمة')
})

test('a template with an unknown place is refused', () => {
  expect(
    receiptTemplate.safeParse({
      ...words,
      words: { ...words.words, legalTime: { fr: '{offset} {article}', ar: '{offset}' } },
    }).success,
  ).toBe(false)
})
