import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partialDate } from '#shared/domain/identity/identity.ts'
import { parseBirthDate, parseDate } from './dates.ts'

const day = (value: string): unknown => ({ value, precision: 'day' })
const names = {
  fr: ['JAN', 'FEV', 'MARS', 'AVR', 'MAI', 'JUIN', 'JUIL', 'AOUT', 'SEPT', 'OCT', 'NOV', 'DEC'],
  nl: ['JAN', 'FEB', 'MAAR', 'APR', 'MEI', 'JUN', 'JUL', 'AUG', 'SEP', 'OKT', 'NOV', 'DEC'],
  de: ['JAN', 'FEB', 'MÄR', 'APR', 'MAI', 'JUN', 'JUL', 'AUG', 'SEP', 'OKT', 'NOV', 'DEZ'],
} as const

describe('birth dates', () => {
  it('are read in three languages', () => {
    for (const months of Object.values(names)) {
      for (const [index, month] of months.entries()) {
        const expected = day(`1984-${String(index + 1).padStart(2, '0')}-06`)
        expect(parseBirthDate(`06 ${month} 1984`)).toEqual(expected)
        expect(parseBirthDate(`06.${month}.1984`)).toEqual(expected)
      }
    }
  })

  it('are read however they are spaced and composed', () => {
    expect(parseBirthDate('01 JAN  1971')).toEqual(day('1971-01-01'))
    expect(parseBirthDate('22.DEZ. 1997')).toEqual(day('1997-12-22'))
    expect(parseBirthDate('1 jan 1971')).toEqual(day('1971-01-01'))
    expect(parseBirthDate('09.MA\u0308R.2019')).toEqual(day('2019-03-09'))
  })

  it('keep the precision that the document has', () => {
    expect(parseBirthDate('1971')).toEqual({ value: '1971', precision: 'year' })
    expect(parseBirthDate('   1971')).toEqual({ value: '1971', precision: 'year' })
    expect(parseBirthDate('AVR 1971')).toEqual({ value: '1971-04', precision: 'month' })
    expect(parseBirthDate('00 AVR 1971')).toEqual({ value: '1971-04', precision: 'month' })
    expect(parseBirthDate('31 AVR 1971')).toEqual({ value: '1971-04', precision: 'month' })
    expect(parseBirthDate('29 FEV 1900')).toEqual({ value: '1900-02', precision: 'month' })
    expect(parseBirthDate('29 FEV 2000')).toEqual(day('2000-02-29'))
    expect(parseBirthDate('00.00.1971')).toEqual({ value: '1971', precision: 'year' })
    expect(parseBirthDate('')).toBeUndefined()
    expect(parseBirthDate('JAN')).toBeUndefined()
  })

  it('are always what the contract takes, or nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('0', '1', '9', ' ', '.', 'M', 'A', 'R', 'I') })),
        (text) => {
          const date = parseBirthDate(text)
          expect(date === undefined || partialDate.safeParse(date).success).toBe(true)
        },
      ),
    )
  })
})

describe('validity dates', () => {
  it('are days of the calendar', () => {
    expect(parseDate('28.11.2011')).toBe('2011-11-28')
    expect(parseDate('29.02.2011')).toBeUndefined()
    expect(parseDate('2011-11-28')).toBeUndefined()
  })
})
