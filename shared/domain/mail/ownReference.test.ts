import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CounterId } from '../../ids.ts'
import { ownReference, referenceCode, referenceText } from './ownReference.ts'

const parts = { service: 'EC', year: 2026, counter: 'RAB03-M1' as CounterId, rank: 123, series: 1 }

test('names unit, year and counter, and the series where an earlier one was closed', () => {
  expect(referenceText(parts)).toBe('EC/2026/M1-0123')
  expect(referenceText({ ...parts, rank: 12_345, series: 2 })).toBe('EC/2026/M1-12345-S2')
})

test('comes back from its code whatever the script of its unit, in letters of QR’s alphanumeric set', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (service) => {
      fc.pre(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u.test(service) && service.isWellFormed() && service.length <= 80)
      const text = referenceText({ ...parts, service })
      const code = referenceCode('RAB03', text)
      expect(code).toMatch(/^[0-9A-Z $%*+\-./:]+$/)
      expect(ownReference(code, 'RAB03')).toBe(text)
    }),
  )
})

test.each([
  ['another office', referenceCode('FES01', 'EC/2026/M1-0001'), 'RAB03'],
  ['no office', referenceCode('RAB03', 'EC/2026/M1-0001'), undefined],
  ['a label', 'GM1:2026/RAB03-M1/L-000001', 'RAB03'],
  ['half a letter', 'GR1:RAB03/%C3', 'RAB03'],
  ['a line break', 'GR1:RAB03/EC%0A2026', 'RAB03'],
  ['a novel', `GR1:RAB03/${'A'.repeat(121)}`, 'RAB03'],
])('is none of ours: %s', (_, code, office) => {
  expect(ownReference(code, office)).toBeUndefined()
})
