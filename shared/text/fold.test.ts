import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from './fold.ts'

describe('fold', () => {
  it.each([
    ['Idrîssi', 'IDRISSI'],
    ['École', 'ecole'],
    ['Straße', 'STRASSE'],
    ['Œuvre', 'oeuvre'],
    ['Ægir Łódź Ørsted', 'aegir lodz orsted'],
    ['ﬁne', 'Fine'],
    ['İstanbul', 'istanbul'],
    ['ΟΔΟΣ', 'οδος'],
    ['L’Hôpital', "l'hopital"],
    ['Casa–Anfa', 'casa anfa'],
    ['El-Idrissi', 'EL IDRISSI'],
    ['  deux\u00a0 mots\n', 'deux mots'],
  ])('%s is found as %s', (one, other) => {
    expect(fold(one)).toBe(fold(other))
  })

  it.each([
    ['alefs', 'أحمد إدريس آمنة ٱلله', 'احمد ادريس امنة الله'],
    ['hamza on its seats and alone', 'رؤوف فائزة علاء', 'رووف فايزة علا'],
    ['ta marbuta', 'فاطمة', 'فاطمه'],
    ['alef maqsura and the yas of other keyboards', 'مصطفى یحیی', 'مصطفي يحيي'],
    ['kaf of other keyboards', 'مالک', 'مالك'],
    ['vowel signs and the small alef', 'مُحَمَّدٌ رحمٰن', 'محمد رحمن'],
    ['tatweel', 'محـــمد', 'محمد'],
    ['ligatures and shown forms', '\ufefb \ufefc \ufef5 \ufdf2', 'لا لا لا الله'],
    ['digits', '٢٠٢٦ ۲۰۲۶', '2026 2026'],
    ['invisible marks of direction', '\u200fبناني\u200e \u2068Alami\u2069', 'بناني alami'],
  ])('in Arabic, %s make no difference', (_, one, other) => {
    expect(fold(one)).toBe(fold(other))
  })

  it('keeps apart what is not the same', () => {
    for (const [one, other] of [
      ['حسن', 'حسين'],
      ['Ali', 'Alia'],
      ['10', '100'],
      ['سعيد', 'شعيد'],
    ] as const)
      expect(fold(one)).not.toBe(fold(other))
  })

  it('changes nothing more the second time, whatever comes', () => {
    const any = fc.string({ unit: 'binary', maxLength: 12 })
    const letters = fc.string({
      unit: fc.integer({ min: 0x20, max: 0xfeff }).map((code) => String.fromCodePoint(code)),
      maxLength: 12,
    })
    fc.assert(
      fc.property(fc.oneof(any, letters), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
      { numRuns: 200 },
    )
  }, 30_000)

  it('makes no difference between the cases of a text and its forms in Unicode', () => {
    const name = fc.stringMatching(/^[A-Za-zÀ-ÿŒœ' -]{1,20}$/u)
    fc.assert(
      fc.property(name, (text) => {
        for (const same of [text.toUpperCase(), text.toLowerCase(), text.normalize('NFD'), ` ${text} `])
          expect(fold(same)).toBe(fold(text))
      }),
    )
  })
})
