import fc from 'fast-check'
import { expect, test } from 'vitest'
import { suggestNames } from './suggestNames.ts'

test('the empty fields get a suggestion from the other script', () => {
  expect(suggestNames({ familyName: 'El Alaoui', givenNames: 'Khalil', nativeName: '' })).toEqual({
    nativeName: 'خليل العلوي',
  })
  expect(suggestNames({ familyName: '', givenNames: '', nativeName: 'شريف العلوي' })).toEqual({
    givenNames: 'Charif',
    familyName: 'El Alaoui',
  })
  expect(suggestNames({ familyName: '', givenNames: '', nativeName: 'عبد الله شريف' })).toEqual({
    givenNames: 'Abd Allah',
    familyName: 'Charif',
  })
  expect(suggestNames({ familyName: '', givenNames: 'Karim', nativeName: 'كريم شريف' })).toEqual({
    familyName: 'Charif',
  })
  expect(suggestNames({ familyName: '', givenNames: '', nativeName: ' ' })).toEqual({})
})

test('what was typed is never suggested for', () => {
  const name = fc.constantFrom('', ' ', 'Karim', 'El Fassi', 'كريم', 'عبد الله شريف')
  fc.assert(
    fc.property(fc.record({ familyName: name, givenNames: name, nativeName: name }), (typed) => {
      for (const field of Object.keys(suggestNames(typed)) as (keyof typeof typed)[])
        expect(typed[field].trim()).toBe('')
    }),
  )
})
