import fc from 'fast-check'
import { expect, it } from 'vitest'
import { counterId, registerNumber } from '../../ids.ts'
import { labelCode, labelText, ownLabel, parseLabelText } from './label.ts'

const counter = counterId.parse('RAB03-G2')

it('a label has a text like the numbers of a register, of a series of its own', () => {
  expect(labelText(2026, counter, 1)).toBe('2026/RAB03-G2/L-000001')
  expect(labelText(2026, counter, 1_234_567, 2)).toBe('2026/RAB03-G2/L-1234567-S2')
  expect(registerNumber.safeParse(labelText(2026, counter, 1)).success).toBe(false)
})

it('what its code says is the text again, for its office alone', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e11 }), fc.integer({ min: 1, max: 20 }), (rank, series) => {
      const text = labelText(2026, counter, rank, series)
      expect(parseLabelText(text)).toEqual({ year: 2026, office: 'RAB03', counter: 'G2', rank })
      expect(ownLabel(labelCode(text), 'RAB03')).toBe(text)
      expect(ownLabel(labelCode(text), 'CAS01')).toBeUndefined()
      expect(ownLabel(labelCode(text), undefined)).toBeUndefined()
    }),
  )
})

it.each([
  '2026/RAB03-G2/L-000001',
  'GM1:2026/RAB03-G2/A-000001',
  'GM1:2026/RAB03-G2/L-000000',
  'GM1:',
  'RR473124829GB',
])('%s is no code of a label', (code) => {
  expect(ownLabel(code, 'RAB03')).toBeUndefined()
})
