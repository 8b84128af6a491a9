import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnMap, dayOf, guessColumns, linesOf } from './oldRegister.ts'

describe('the columns of an old register', () => {
  it.each([
    [
      [
        'N° d’ordre',
        'Date d’arrivée',
        'Date de la lettre',
        'Expéditeur',
        'Objet',
        'Référence',
        'Imputation',
        'Observations',
      ],
      { number: 1, receivedOn: 2, letterDate: 3, sender: 4, subject: 5, reference: 6, service: 7, note: 8 },
    ],
    [
      ['الرقم', 'تاريخ الورود', 'المرسل', 'الموضوع', 'المرجع', 'تاريخ الرسالة', 'المصلحة', 'ملاحظات'],
      { number: 1, receivedOn: 2, sender: 3, subject: 4, reference: 5, letterDate: 6, service: 7, note: 8 },
    ],
    [['Num', 'Date', 'Origine', 'Analyse'], { number: 1, receivedOn: 2, sender: 3, subject: 4 }],
    [['a', 'b'], {}],
  ])('%s', (headings, columns) => {
    expect(guessColumns(headings)).toEqual(columns)
  })

  it('are each guessed once at most, whatever the headings say', () => {
    const word = fc.constantFrom('Date', 'Objet', 'N°', 'Service', 'Expéditeur', 'الموضوع', 'تاريخ', '', 'Référence')
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(word, word).map((both) => both.join(' ')),
          { maxLength: 12 },
        ),
        (headings) => {
          const places = Object.values(guessColumns(headings))
          expect(new Set(places).size).toBe(places.length)
          expect(places.every((place) => place >= 1 && place <= headings.length)).toBe(true)
        },
      ),
    )
  })
})

it('each row is taken or refused, with the column that is wrong and what stands in it', () => {
  const rows = [
    ['N°', 'Date', 'Expéditeur', 'Objet'],
    ['1', '03/02/2019', 'Wilaya', 'Circulaire'],
    ['', '', '', ''],
    ['2', '31/02/2019', 'Wilaya', 'Note'],
    ['', '04/02/2019', 'Wilaya', 'Note'],
  ]
  const map = columnMap.parse({ number: 1, receivedOn: 2, sender: 3, subject: 4 })
  expect(linesOf(rows, map)).toMatchObject({
    lines: [{ row: 2, number: '1', receivedOn: '2019-02-03', register: 'arrival' }],
    refused: [
      { row: 4, column: 'receivedOn', value: '31/02/2019' },
      { row: 5, column: 'number', value: '' },
    ],
  })
})

describe('a day as registers write it', () => {
  it.each([
    ['2019-01-05', '2019-01-05'],
    ['2019/1/5', '2019-01-05'],
    ['5-1-2019', '2019-01-05'],
    ['05.01.2019', '2019-01-05'],
    ['٠٥/٠١/٢٠١٩', '2019-01-05'],
    ['05/01/19', '2019-01-05'],
    ['05/01/98', '1998-01-05'],
    ['vendredi 5 janvier 2019', '2019-01-05'],
    ['5-Jan-2019', '2019-01-05'],
    ['فاتح يناير 2019', '2019-01-01'],
    ['2019-01-05T10:00:00', '2019-01-05'],
    ['05/01/2019 10:30', '2019-01-05'],
    ['05/01/2019 à 9h05', '2019-01-05'],
  ])('%s', (text, iso) => {
    expect(dayOf(text)).toBe(iso)
  })
  it.each(['', '31/02/2019', '2019-13-01', '1440/04/28', '43470', '05/01/2019 06/01/2019', '05/01/2019 n° 12'])(
    '%s is none',
    (text) => {
      expect(dayOf(text)).toBeUndefined()
    },
  )
})

it('a title and the name of the office may stand over the headings that the map names; rows keep their places', () => {
  const table = [
    ['Commune de Salé'],
    [],
    ['N°', 'Date', 'Expéditeur', 'Objet'],
    ['1', '2019-01-05', 'A', 'B'],
    ['2', '', 'A', 'B'],
  ]
  const map = columnMap.parse({ number: 'N°', receivedOn: 'Date', sender: 'Expéditeur', subject: 'Objet' })
  expect(linesOf(table, map)).toMatchObject({ lines: [{ row: 4, number: '1' }], refused: [{ row: 5 }] })
  expect(linesOf(table, columnMap.parse({ ...map, subject: 'Sujet' }))).toEqual({ missing: 'Sujet' })
})
