import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDigits, readNationalNumber } from './nationalNumber.ts'

const nines = fc
  .tuple(
    fc.integer({ min: 0, max: 99 }),
    fc.constantFrom(0, 6, 12, 20, 26, 32, 40, 46, 52),
    fc.integer({ min: 0, max: 31 }),
    fc.integer({ min: 1, max: 998 }),
  )
  .map(
    ([year, month, day, serial]) =>
      [year, month, day].map((part) => String(part).padStart(2, '0')).join('') + String(serial).padStart(3, '0'),
  )

describe('a national number', () => {
  it('is read with and without separators', () => {
    for (const text of ['84060600173', '84.06.06-001.73', '840606-001-73'])
      expect(readNationalNumber(text)).toEqual({ digits: '84060600173', kind: 'register', checked: true })
    for (const text of [
      '',
      '8406060017',
      '840606001730',
      '84-06-06-001-73',
      '84060600A73',
      '84130600173',
      '84190600173',
    ])
      expect(readNationalNumber(text)).toBeUndefined()
  })

  it('of people outside the register has a month of its own', () => {
    expect(readNationalNumber(`712600003${checkDigits('712600003', false)}`)).toMatchObject({
      kind: 'bis',
      checked: true,
    })
    expect(readNationalNumber(`714012003${checkDigits('714012003', false)}`)).toMatchObject({
      kind: 'bis',
      checked: true,
    })
    expect(readNationalNumber('71000000000')).toMatchObject({ kind: 'register', checked: false })
  })

  it('is checked by either century, and by nothing else', () => {
    fc.assert(
      fc.property(nines, fc.boolean(), fc.integer({ min: 0, max: 99 }), (nine, from2000, other) => {
        expect(readNationalNumber(nine + checkDigits(nine, from2000))?.checked).toBe(true)
        const given = String(other).padStart(2, '0')
        expect(readNationalNumber(nine + given)?.checked).toBe(
          given === checkDigits(nine, false) || given === checkDigits(nine, true),
        )
      }),
    )
  })
})
