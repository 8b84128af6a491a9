import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnMap, guessColumns, linesOf } from './oldRegister.ts'

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
