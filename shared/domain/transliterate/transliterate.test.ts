import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toArabic } from './toArabic.ts'
import { toLatin } from './toLatin.ts'

test.each([
  ['شريف', 'Charif'],
  ['خليل', 'Khalil'],
  ['غالي', 'Ghali'],
  ['بوشعيب', 'Bouchaïb'],
  ['نور', 'Nour'],
  ['قاسم', 'Kacem'],
  ['جمال', 'Jamal'],
  ['وفاء', 'Wafa'],
  ['ياقوت', 'Yakout'],
  ['محمد', 'Mohammed'],
  ['محمّد', 'Mohammed'],
  ['فاطمة الزهراء', 'Fatima Zahra'],
  ['عبد الله', 'Abd Allah'],
  ['بن جلون', 'Ben Jaloun'],
  ['العلوي', 'El Alaoui'],
  ['ڭنون', 'Ganoun'],
  ['كَرِيم', 'Karim'],
  // One code point of a keyboard, letters of other keyboards, and a joiner that parts two words.
  ['ب\ufefbل', 'Balal'],
  ['س\ufefbم', 'Salam'],
  ['کریم', 'Karim'],
  ['علی\u200cرضا', 'Alirada'],
])('%s is suggested as %s', (arabic, latin) => {
  expect(toLatin(arabic)).toBe(latin)
})

test.each([
  ['Charif', 'شريف'],
  ['Khalil', 'خليل'],
  ['Ghali', 'غالي'],
  ['Nour', 'نور'],
  ['Kacem', 'قاسم'],
  ['Jamal', 'جمال'],
  ['Wafa', 'وفاء'],
  ['Mohammed', 'محمد'],
  ['MOHAMED', 'محمد'],
  ['Aïcha', 'عائشة'],
  ['Saïd', 'سعيد'],
  ['Benjelloun', 'بنجلون'],
  ['El Alaoui', 'العلوي'],
  ['El Fassi', 'الفاسي'],
  ['Ez-Zahidi', 'الزاحيدي'],
  ['Abdellah', 'عبد الله'],
  ['Ouazzani', 'أوازاني'],
  ['Idriss', 'إدريس'],
])('%s is suggested as %s', (latin, arabic) => {
  expect(toArabic(latin)).toBe(arabic)
})

const arabicName = fc
  .array(fc.constantFrom(...'ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة'), { minLength: 1, maxLength: 12 })
  .map((letters) => letters.join(''))
const latinName = fc
  .array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzéèêëïîôûç'), { minLength: 1, maxLength: 14 })
  .map((letters) => letters.join(''))

test('any text gives a text, of a bounded length, with neither control nor formatting characters of its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      for (const suggested of [toLatin(text), toArabic(text)])
        expect(suggested.length).toBeLessThanOrEqual(8 * text.length + 8)
    }),
  )
})

test('a suggestion is in the other script alone', () => {
  fc.assert(
    fc.property(arabicName, (name) => {
      expect(toLatin(name)).toMatch(/^[\p{Script=Latin} ]*$/u)
    }),
  )
  fc.assert(
    fc.property(latinName, (name) => {
      expect(toArabic(name)).toMatch(/^[\p{Script=Arabic} ]*$/u)
    }),
  )
})

test('what is already in the script stays as it is', () => {
  fc.assert(
    fc.property(latinName, (name) => {
      expect(toLatin(name)).toBe(name)
    }),
  )
  fc.assert(
    fc.property(arabicName, (name) => {
      expect(toArabic(name)).toBe(name.normalize('NFC'))
    }),
  )
})

test('words stay words, in their order; case and accents do not matter', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('Nour', 'Khalil', 'Charif', 'Jamal', 'Salma'), { minLength: 1, maxLength: 4 }),
      (words) => {
        expect(toArabic(words.join(' ')).split(' ')).toEqual(words.map(toArabic))
        expect(toArabic(words.join('  ').toUpperCase())).toBe(toArabic(words.join(' ')))
      },
    ),
  )
})
