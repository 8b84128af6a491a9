import { describe, expect, it } from 'vitest'
import { soughtDeposit } from './soughtDeposit.ts'

const today = '2026-11-21'

describe('what somebody who looks for a deposit may mean', () => {
  it.each([
    ['2026/RAB03-G2/000123', { number: '2026/RAB03-G2/000123', names: [] }],
    ['2026/rab03-g2/000123', { number: '2026/RAB03-G2/000123', names: [] }],
    ['000123', { rank: 123, document: '000123', names: [] }],
    ['١٢٣', { rank: 123, names: [] }],
    ['12', { names: [] }],
    ['21/11/2026', { day: '2026-11-21', names: [] }],
    ['2026-11-21', { day: '2026-11-21', names: [] }],
    ['3.2', { day: '2026-02-03', names: [] }],
    ['24/12', { day: '2025-12-24', names: [] }],
    ['31/02/2026', { document: '31/02/2026', names: [] }],
    ['AB123456', { document: 'AB123456', names: [] }],
    ['Bo', { names: [] }],
    ['بناني', { names: [{ familyName: 'بناني', givenNames: '' }] }],
  ])('%s', (typed, meant) => {
    expect(soughtDeposit(typed, today)).toEqual(meant)
  })

  it('a name of several words, whichever comes first', () => {
    expect(soughtDeposit(' El  Alaoui Khalil ', today).names).toEqual(
      expect.arrayContaining([
        { familyName: 'El Alaoui', givenNames: 'Khalil' },
        { familyName: 'Khalil', givenNames: 'El Alaoui' },
        { familyName: 'El Alaoui Khalil', givenNames: '' },
      ]),
    )
  })
})
