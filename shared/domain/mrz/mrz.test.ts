import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDigit } from './checkDigit.ts'
import { parseMrz } from './mrz.ts'
import { agreeingDigits } from './zoneDigits.ts'

const now = new Date('2026-11-21T10:00:00Z')
const td1 = ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<']
const td3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10']

const td2 = 'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6'

describe('the specimens of Doc 9303', () => {
  test('TD1', () => {
    expect(parseMrz(td1.join('\n'), now)).toMatchObject({
      format: 'TD1',
      documentCode: 'I',
      issuer: 'UTO',
      nationality: 'UTO',
      sex: 'F',
      composite: true,
      optional: [],
      documentNumber: { value: 'D23145890', confidence: 'proved' },
      birthDate: { value: { value: '1974-08-12', precision: 'day' }, confidence: 'proved' },
      expiryDate: { value: { value: '2012-04-15', precision: 'day' }, confidence: 'proved' },
      familyName: { value: 'ERIKSSON', confidence: 'unproved' },
      givenNames: { value: 'ANNA MARIA' },
    })
  })

  test('TD3, and the information that opens its chip', () => {
    expect(parseMrz(td3.join('\r\n'), now)).toMatchObject({
      format: 'TD3',
      documentNumber: { value: 'L898902C3', confidence: 'proved' },
      optional: ['ZE184226B'],
      composite: true,
      information: 'L898902C3674081221204159',
    })
  })

  test('TD2 in one run of characters', () => {
    const zone = `I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6`
    expect(parseMrz(zone, now)).toMatchObject({
      format: 'TD2',
      documentNumber: { value: 'D23145890', confidence: 'proved' },
      composite: true,
    })
  })

  test('a number longer than nine continues in the optional field (Doc 9303-11, D.2)', () => {
    const zone = ['I<UTOD23145890<7349<<<<<<<<<<<', '3407127M9507122UTO<<<<<<<<<<<2', 'STEVENSON<<PETER<JOHN<<<<<<<<<']
    expect(parseMrz(zone.join('\n'), now)).toMatchObject({
      documentNumber: { value: 'D23145890734', confidence: 'proved' },
      information: 'D23145890734934071279507122',
      optional: [],
    })
  })
})

describe('look-alikes', () => {
  test('are repaired where the digit proves it', () => {
    const read = parseMrz(
      [td1[0]?.replace('D231458907', 'D2314589O7'), td1[1]?.replace('7408122', '74O8I22'), td1[2]].join('\n'),
      now,
    )
    expect(read).toMatchObject({
      documentNumber: { value: 'D23145890', confidence: 'repaired' },
      birthDate: { value: { value: '1974-08-12' }, confidence: 'repaired' },
      composite: true,
    })
    expect(read?.lines).toEqual(td1)
  })

  test('a name is never repaired: nothing proves it', () => {
    expect(parseMrz([td1[0], td1[1], 'ER1KSSON<<ANNA<MARIA<<<<<<<<<<'].join('\n'), now)).toMatchObject({
      familyName: { value: 'ER1KSSON', confidence: 'unproved' },
      doubtful: ['familyName'],
    })
  })

  test('a wrong digit that no look-alike explains stays unproved and as read', () => {
    expect(parseMrz([td1[0]?.replace('D231458907', 'D231457907'), td1[1], td1[2]].join('\n'), now)).toMatchObject({
      documentNumber: { value: 'D23145790', confidence: 'unproved' },
      composite: false,
    })
  })

  test('a proved number is never changed', () => {
    const number = fc.stringMatching(/^[A-Z0-9]{9}$/)
    fc.assert(
      fc.property(number, (value) => {
        const line = `I<UTO${value}${checkDigit(value)}`.padEnd(30, '<')
        expect(parseMrz([line, td1[1], td1[2]].join('\n'), now)?.documentNumber).toEqual({
          value,
          confidence: 'proved',
        })
      }),
    )
  })

  test('one misread look-alike is never turned into another proved number', () => {
    const swaps: Record<string, string> = {
      O: '0',
      '0': 'O',
      I: '1',
      '1': 'I',
      B: '8',
      '8': 'B',
      S: '5',
      '5': 'S',
      Z: '2',
      '2': 'Z',
    }
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{9}$/), fc.nat({ max: 8 }), (value, at) => {
        const swapped = swaps[value.charAt(at)]
        fc.pre(swapped !== undefined)
        const misread = value.slice(0, at) + String(swapped) + value.slice(at + 1)
        const line = `I<UTO${misread}${checkDigit(value)}`.padEnd(30, '<')
        const read = parseMrz([line, td1[1], td1[2]].join('\n'), now)?.documentNumber
        expect([value, misread]).toContain(read?.value)
        if (read?.confidence !== 'unproved') expect(read?.value).toBe(value)
      }),
    )
  })
})

describe('dates', () => {
  const withDates = (birth: string, expiry: string) =>
    parseMrz(
      [td1[0], `${birth}${checkDigit(birth)}F${expiry}${checkDigit(expiry)}UTO`.padEnd(30, '<'), td1[2]].join('\n'),
      now,
    )

  test('unknown month or day keeps its precision', () => {
    expect(withDates('74<<<<', '301231')?.birthDate.value).toEqual({ value: '1974', precision: 'year' })
    expect(withDates('7408<<', '301231')?.birthDate.value).toEqual({ value: '1974-08', precision: 'month' })
    expect(withDates('<<<<<<', '301231')?.birthDate.value).toBeUndefined()
  })

  test('the century follows from today', () => {
    expect(withDates('261120', '360101')).toMatchObject({
      birthDate: { value: { value: '2026-11-20' } },
      expiryDate: { value: { value: '2036-01-01' } },
    })
    expect(withDates('261122', '990101')).toMatchObject({
      birthDate: { value: { value: '1926-11-22' } },
      expiryDate: { value: { value: '1999-01-01' } },
    })
  })

  test('a day that does not exist is no date', () => {
    expect(withDates('740230', '301231')?.birthDate.value).toBeUndefined()
  })
})

test('any text is either a zone or none, and never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.stringMatching(/^[A-Z0-9<]{90}$/),
        fc.stringMatching(/^[A-Z0-9<]{88}$/),
        fc.stringMatching(/^[A-Z0-9<]{72}$/),
      ),
      (text) => {
        const read = parseMrz(text, now)
        if (read !== undefined) expect(['TD1', 'TD2', 'TD3', 'MRV-A', 'MRV-B', 'FRA-ID']).toContain(read.format)
      },
    ),
  )
})

describe('zones as people met them', () => {
  const field = (name: string): string =>
    readFileSync(join(import.meta.dirname, '../../../tests/fixtures/field/cards/mrz', name), 'utf8')

  test('a French card of before 2021 has a layout of its own', () => {
    expect(parseMrz(field('french-cni-before-2021.txt'), now)).toMatchObject({
      format: 'FRA-ID',
      issuer: 'FRA',
      nationality: 'FRA',
      familyName: { value: 'DURAND' },
      givenNames: { value: 'ALINE MARIE' },
      sex: 'F',
      birthDate: { value: { value: '1965-12-06', precision: 'day' }, confidence: 'proved' },
      expiryDate: { value: undefined, confidence: 'absent' },
      documentNumber: { value: '0611C1700123', confidence: 'proved' },
      composite: true,
      information: '',
    })
    // As wide, by another country.
    expect(parseMrz(td2, now)?.format).toBe('TD2')
  })

  test('visas have no composite, and optional data to the end of the line', () => {
    const a = parseMrz(field('visa-mrv-a.txt'), now)
    expect(a).toMatchObject({
      format: 'MRV-A',
      documentNumber: { confidence: 'proved' },
      composite: undefined,
      optional: ['6ZE184226B'],
    })
    const [first = '', second = ''] = field('visa-mrv-a.txt').split('\n')
    expect(parseMrz([first.slice(0, 36), second.slice(0, 36)].join('\n'), now)).toMatchObject({
      format: 'MRV-B',
      composite: undefined,
      optional: ['6ZE18422'],
    })
  })

  test('digits where only letters can stand are read as letters, and said to be in doubt', () => {
    const read = parseMrz(field('ocr-digits-in-letters.txt'), now)
    expect(read).toMatchObject({ issuer: 'ROU', nationality: 'ROU', familyName: { value: 'P0PESCU' } })
    expect(new Set(read?.doubtful)).toEqual(new Set(['issuer', 'nationality', 'familyName', 'givenNames']))
  })

  test('a birth of zeros is unknown, and proved by nothing', () => {
    expect(parseMrz(field('birth-all-zero.txt'), now)?.birthDate).toEqual({ value: undefined, confidence: 'unproved' })
  })

  test('the width of a line says what a guillemet and a space stood for', () => {
    const names = { familyName: { value: 'ELALAMI' }, givenNames: { value: 'SALMA NOUR' } }
    expect(parseMrz(field('ocr-guillemet-for-two-fillers.txt'), now)).toMatchObject(names)
    const [, second = ''] = field('ocr-guillemet-for-two-fillers.txt').split('\n')
    for (const line of [
      'P<UTOELALAMI««SALMA<NOUR<<<<<<<<<<<<<<<<<<<<',
      'P<UTOELALAMI<<SALMA NOUR<<<<<<<<<<<<<<<<<<<<',
      'P<UTOELALAMI« SALMA NOUR <<<<<<<<<<<<<<<<<<<'.replace(' <', '<<'),
      'P<UTOELALAMI << SALMA<NOUR<<<<<<<<<<<<<<<<<<<<',
    ])
      expect(parseMrz([line, second].join('\n'), now)).toMatchObject(names)
  })

  test('a tail of K is a tail of fillers, and in doubt', () => {
    const [, second = ''] = td3
    expect(parseMrz(['P<UTOELALAMI<<SALMA<NOURKKKKKKKKKKKK<<KKKKKK', second].join('\n'), now)).toMatchObject({
      givenNames: { value: 'SALMA NOUR' },
      doubtful: ['givenNames'],
    })
    expect(parseMrz(['P<UTOPIKK<<JAN<K<<<<<<<<<<<<<<<<<<<<<<<<<<<<', second].join('\n'), now)).toMatchObject({
      familyName: { value: 'PIKK' },
      givenNames: { value: 'JAN K' },
      doubtful: [],
    })
  })

  test('a zone is found on its page, and inside the frame of a reader', () => {
    for (const name of ['ocr-whole-page.txt', 'reader-stx-etx.bin'])
      expect(parseMrz(field(name), now)).toMatchObject({ format: 'TD3', familyName: { value: 'DOE' }, composite: true })
  })

  test('of two readings of the same keys more check digits agree in the right one', () => {
    const [, line = ''] = td3
    const swapped = line.replaceAll('Z', 'Y')
    expect(agreeingDigits(line)).toBe(5)
    expect(agreeingDigits(swapped)).toBeLessThan(5)
    expect(agreeingDigits('I<UTOD231458907<<<<<<<<<<<<<<<')).toBe(1)
    expect(agreeingDigits('')).toBe(0)
  })
})
