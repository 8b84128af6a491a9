import { describe, expect, test } from 'vitest'
import type { Identity } from './identity.ts'
import { cleanIdentity, typedIdentity } from './typedIdentity.ts'

const person: Identity = { familyName: 'EL AMRANI', givenNames: 'Houda' }
const taken = (over: Partial<Identity>): Identity | undefined => typedIdentity.safeParse({ ...person, ...over }).data

test('is taken in one form, whoever types it', () => {
  expect(
    taken({
      familyName: 'ḤMAD\u00a0 TIẒNIT '.normalize('NFD'),
      nativeName: 'ب\ufefbل',
      nationalNumber: 'AB٩١٠٤١٧',
      birthDate: { value: '١٩٩٠-٠٣-٠٥', precision: 'day' },
    }),
  ).toEqual({
    familyName: 'ḤMAD TIẒNIT',
    givenNames: 'Houda',
    nativeName: 'بلال',
    nationalNumber: 'AB910417',
    birthDate: { value: '1990-03-05', precision: 'day' },
  })
})

describe('is refused', () => {
  test.each<[string, Partial<Identity>]>([
    ['with a control character', { nationalNumber: 'AB910417\u0000' }],
    ['with what a decoder could not read', { givenNames: 'H\ufffdl\ufffdne' }],
    ['with a name of signs alone', { familyName: '---' }],
    ['with half a character', { birthPlace: '\ud83d' }],
    ['with a name that no field takes', { familyName: 'A'.repeat(121) }],
    ['with a name of any length', { givenNames: 'A'.repeat(100_000) }],
  ])('%s', (_, over) => {
    expect(taken(over)).toBeUndefined()
  })
})

test('a name of invisible signs is an empty one, which the counter does not take', () => {
  expect(taken({ familyName: '\u200b', givenNames: '\u200f' })).toEqual({ familyName: '', givenNames: '' })
})

test('what a card says is put in the same form, refuses nothing, and gains no member', () => {
  expect(cleanIdentity({ ...person, nativeName: 'عﻼء\u0000', documentNumber: 'X۱۲' })).toEqual({
    ...person,
    nativeName: 'علاء',
    documentNumber: 'X12',
  })
  expect(Object.keys(cleanIdentity(person))).toEqual(['familyName', 'givenNames'])
})
