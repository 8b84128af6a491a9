import { describe, expect, it } from 'vitest'
import { readDeadline, readTypedDate } from './typedDate.ts'

const today = '2026-11-30'
const day = (typed: string): unknown => readTypedDate(typed, today)

describe('a date as a clerk types it', () => {
  it.each([
    ['28/11/2026', '2026-11-28'],
    ['28.11.26', '2026-11-28'],
    ['2-3-2026', '2026-03-02'],
    ['281126', '2026-11-28'],
    ['28112026', '2026-11-28'],
    ['2811', '2026-11-28'],
    ['2812', '2025-12-28'],
    ['28/12', '2025-12-28'],
    ['30', '2026-11-30'],
    ['31', '2026-10-31'],
    ['9', '2026-11-09'],
    ['2026-11-05', '2026-11-05'],
    ['٢٨/١١/٢٠٢٦', '2026-11-28'],
    ['29/02', '2024-02-29'],
    [' 28 11 2026 ', '2026-11-28'],
    // To come: it is a date, and whoever asked says that it is not over.
    ['05/12/2026', '2026-12-05'],
  ])('%s is %s', (typed, iso) => {
    expect(day(typed)).toEqual({ kind: 'day', iso })
  })

  it.each(['31/11/2026', '30/02', '45', '12/13/2026', 'demain', '1/2/3/4', '12/', '12/05 h'])(
    '%s is no date',
    (typed) => {
      expect(day(typed)).toEqual({ kind: 'bad' })
    },
  )

  it('nothing is no date and no fault', () => {
    expect(day('  ')).toEqual({ kind: 'none' })
  })

  it.each([
    // Umm al-Qura tables: the first of Muharram 1447 and 1448, of Ramadan 1447.
    ['01/01/1447', '2025-06-26'],
    ['1/1/1448', '2026-06-16'],
    ['1448-01-01', '2026-06-16'],
    ['01-09-1447', '2026-02-18'],
    ['١/١/١٤٤٨', '2026-06-16'],
    ['1/1/48 هـ', '2026-06-16'],
  ])('%s is of the Hijri calendar, and would be %s', (typed, iso) => {
    expect(day(typed)).toMatchObject({ kind: 'hijri', iso })
  })

  it('keeps a Hijri date as it was typed, and takes none that cannot be', () => {
    expect(day('01/01/1448')).toMatchObject({ written: '01/01/1448' })
    expect(day('31/01/1448')).toEqual({ kind: 'bad' })
    expect(day('01/13/1448')).toEqual({ kind: 'bad' })
  })
})

describe('the last day for something', () => {
  it.each([
    ['+8', '2026-12-08'],
    ['5', '2026-12-05'],
    ['30', '2026-11-30'],
    ['05/12', '2026-12-05'],
    ['0512', '2026-12-05'],
    ['15/01', '2027-01-15'],
    ['15/01/2027', '2027-01-15'],
    ['29/02', '2028-02-29'],
  ])('%s is %s', (typed, iso) => {
    expect(readDeadline(typed, today)).toBe(iso)
  })

  it.each(['', '29/11/2026', '45', 'demain', '1/1/1448'])('%s is none', (typed) => {
    expect(readDeadline(typed, today)).toBeUndefined()
  })
})
