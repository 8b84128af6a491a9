import { expect, test } from 'vitest'
import { cinOf, isCin, normalCin } from './cin.ts'

test('series and digits, as many as are in use', () => {
  for (const valid of ['A123456', 'AB123456', 'BE00345', 'ZZZ12345678']) expect(isCin(valid)).toBe(true)
  for (const bad of ['123456', 'A12', 'ABCD123', 'AB123456789', 'ab123456', 'AB12345X', ''])
    expect(isCin(bad)).toBe(false)
  expect(normalCin(' be 003-45 ')).toBe('BE00345')
})

test('stands in either optional field of a Moroccan zone, and in no other', () => {
  expect(cinOf({ issuer: 'MAR', optional: ['AB123456', 'X'] })).toBe('AB123456')
  expect(cinOf({ issuer: 'MAR', optional: ['1234567', 'ab 123456'] })).toBe('AB123456')
  expect(cinOf({ issuer: 'MAR', optional: [] })).toBeUndefined()
  expect(cinOf({ issuer: 'FRA', optional: ['AB123456'] })).toBeUndefined()
})
