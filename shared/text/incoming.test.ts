import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanLine, cleanNumber, cleanProse, cleanTexts, hasLetter, isSound, latinDigits } from './incoming.ts'

/** Any code points, those that make trouble often. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom('\u200c', '\u200d', '\u200b', '\ufeff', '\u202e', '\u0640', '\ud800', '\u0000', '\u00ad', ' '),
      fc.constantFrom('ع', 'ل', 'ه', 'e\u0301', '\u0301', 'ﻻ', '\ufdfa', '\ufdf2', '\ufe70', '\ufe77', '\ufc5e', 'ﷲ'),
      fc.integer({ min: 0xfb50, max: 0xfeff }).map((code) => String.fromCodePoint(code)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

describe.each([
  ['a line', cleanLine],
  ['a prose', cleanProse],
  ['a number', cleanNumber],
])('%s', (_, clean) => {
  test('is in one form: once is enough, composed, without controls and presentation forms', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cleaned = clean(text)
        expect(clean(cleaned)).toBe(cleaned)
        expect(cleaned.normalize('NFC')).toBe(cleaned)
        expect(isSound(cleaned)).toBe(true)
        const forms = cleaned.match(/[\ufb50-\ufdff\ufe70-\ufefc]/gu) ?? []
        expect(forms.filter((form) => form.normalize('NFKC') !== form)).toEqual([])
        expect(cleaned.length).toBeLessThanOrEqual(text.length * 18)
      }),
      { numRuns: 2_000 },
    )
  })
})

test('text that is in form already is left alone', () => {
  for (const text of ['EL AMRANI', 'هدى العمراني', 'ⵎⵓⵃⵎⵎⴰⴷ', 'Ḥmad Tiẓnit', "N'Diaye", 'Zoë-Anne', 'محـمد'])
    expect(cleanLine(text)).toBe(text)
})

test('presentation forms are letters: the one code point of a lam-alef key, and whole ligatures', () => {
  expect(cleanLine('ب\ufefbل')).toBe('بلال')
  expect(cleanLine('عﻼء الدين')).toBe('علاء الدين')
  expect(cleanLine('عبد \ufdf2')).toBe('عبد الله')
  expect(cleanLine('م\ufe77د')).toBe('م\u064eد')
  expect(cleanLine('م\ufe76د')).toBe('م\u064eد')
})

test('letters that came apart are composed', () => {
  expect(cleanLine('Ḥmad Hằng'.normalize('NFD'))).toBe('Ḥmad Hằng')
  expect(cleanLine('رئيس'.normalize('NFD'))).toBe('رئيس')
  // An invisible sign between a letter and its mark does not keep them apart.
  expect(cleanLine('e\u200b\u0301')).toBe('é')
})

test('joiners stay where letters are joined, and nowhere else', () => {
  expect(cleanLine('علی\u200cرضا')).toBe('علی\u200cرضا')
  expect(cleanLine('1444 ه\u200d')).toBe('1444 ه\u200d')
  expect(cleanLine('علی\u200c\u200c\u200cرضا')).toBe('علی\u200cرضا')
  expect(cleanLine('\u200cعلی\u200c')).toBe('علی')
  expect(cleanLine('El\u200c Am\u200drani')).toBe('El Amrani')
  expect(cleanNumber('AB\u200c12')).toBe('AB12')
})

test('other invisible signs are no part of a value, and a value of nothing else is empty', () => {
  expect(cleanLine('\u202eAB\u202c\u00ad\u2060C\ufeff')).toBe('ABC')
  expect([cleanLine('\u200b'), cleanLine('\u200f'), cleanLine('\u3164\u115f')]).toEqual(['', '', ''])
  expect([hasLetter('\u200b'), hasLetter('-'), hasLetter('\u3164'), hasLetter('ل'), hasLetter('7')]).toEqual([
    ...[false, false, false, true, true],
  ])
})

test('white space of any kind is one space; line ends stay in prose', () => {
  expect(cleanLine(' EL\u00a0 AMRANI\t\r\n')).toBe('EL AMRANI')
  expect(cleanProse('un\r\n  deux\u00a0trois\u2028quatre ')).toBe('un\n  deux trois\nquatre')
})

test('controls, halves of characters and what a decoder could not read are told apart', () => {
  for (const text of ['T-2026-00417\u0000', '\u001d01', '\ud83d', 'H\ufffdl\ufffdne', '\u0085', '\uffff', '\u007f'])
    expect(isSound(text)).toBe(false)
  for (const text of ['a\tb\r\n', 'é', '😀', '']) expect(isSound(text)).toBe(true)
  expect(cleanLine('KAS\u0000BI')).toBe('KASBI')
})

test('numbers have western digits and plain hyphens', () => {
  expect(cleanNumber('AB٩١٠٤١٧')).toBe('AB910417')
  expect(latinDigits('٠٥/٠٣/١٩٩٠ ۱۲ １２')).toBe('05/03/1990 12 12')
  expect(cleanNumber(' T\u20112026\u221200417 ')).toBe('T-2026-00417')
})

test('every text of a value of JSON is put in form, and nothing else is touched', () => {
  const whole = { a: ['Rene\u0301e\u0000', 1, true, null], b: { 'ne\u0301': '\ufefb' } }
  expect(cleanTexts(whole)).toEqual({ a: ['Renée', 1, true, null], b: { 'ne\u0301': 'لا' } })
})
