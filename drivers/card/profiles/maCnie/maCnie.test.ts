import { expect, test } from 'vitest'
import { zoneOf, type Holder } from '#drivers/fake/icao/document.ts'
import { moroccan, moroccanResident, traveller } from '#drivers/fake/icao/holders.ts'
import { parseMrz } from '#shared/domain/mrz/mrz.ts'
import { cardDay } from '#tests/builders/cards.ts'
import { maCnie } from './maCnie.ts'

const mrzOf = (holder: Holder) => parseMrz(zoneOf(holder), cardDay) ?? expect.fail('no zone')
const cnie = moroccan(cardDay)

test('is a card that Morocco issued, whatever its code and the nationality of its holder', () => {
  for (const documentCode of ['I<', 'ID', 'IR']) expect(maCnie.is(mrzOf({ ...cnie, documentCode }))).toBe(true)
  expect(maCnie.is(mrzOf(moroccanResident(cardDay)))).toBe(true)
  expect(maCnie.is(mrzOf(traveller(cardDay)))).toBe(false)
  expect(maCnie.is(mrzOf({ ...cnie, issuer: 'FRA' }))).toBe(false)
  // A Moroccan passport is a passport like any other.
  expect(maCnie.is(mrzOf({ ...traveller(cardDay), issuer: 'MAR' }))).toBe(false)
})

test('the CIN is found in either optional field, and DG11 comes first', () => {
  expect(maCnie.nationalNumber(mrzOf(cnie), {})).toBe('ZZ012345')
  expect(maCnie.nationalNumber(mrzOf({ ...cnie, optional: ['BE00345'] }), {})).toBe('BE00345')
  expect(maCnie.nationalNumber(mrzOf({ ...cnie, optional: ['1234', 'A123456'] }), {})).toBe('A123456')
  expect(maCnie.nationalNumber(mrzOf(cnie), { personalNumber: 'ab 123456' })).toBe('AB123456')
  expect(maCnie.nationalNumber(mrzOf({ ...cnie, optional: [''] }), {})).toBeUndefined()
  expect(maCnie.nationalNumber(mrzOf({ ...cnie, optional: [''] }), { personalNumber: '1234567890' })).toBe('1234567890')
})
