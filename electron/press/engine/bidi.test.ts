import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { datum, isolated } from '#shared/domain/receipt/receiptText.ts'
import { forShaper, joinedCut, runsOf, visualOrder } from './bidi.ts'
import { openFonts } from './fonts.ts'

const fonts = openFonts(join(import.meta.dirname, '../../../resources'))

describe('runs', () => {
  test('a number inside Arabic is a run of its own, left to right and unbreakable; its isolates are gone', () => {
    const runs = runsOf(`الرقم ${datum('2026/RAB03-G2/000123')}`, 'rtl', fonts)
    expect(runs).toEqual([
      { text: 'الرقم ', font: 'arabic', level: 1 },
      { text: '2026/RAB03-G2/000123', font: 'arabic', level: 2, noWrap: true },
    ])
  })

  test('a name keeps its own direction and may be broken', () => {
    expect(runsOf(`نيابة عن ${isolated('Atlas SARL')}`, 'rtl', fonts).at(-1)).toEqual({
      text: 'Atlas SARL',
      font: 'arabic',
      level: 2,
    })
  })

  test('the font is chosen by coverage: Tifinagh, and Latin letters that the families before lack', () => {
    expect(runsOf('ⵜⴰⴳⵍⴷⵉⵜ', 'ltr', fonts)[0]?.font).toBe('tifinagh')
    expect(runsOf('Ж', 'ltr', fonts)[0]?.font).toBe('latin')
    expect(runsOf('Ḥ', 'ltr', fonts)[0]?.font).toBe('wide')
    expect(fonts.missing('ḍḥṛṣṭẓčǧɛɣ ڭڨپچژگ ⵜⵉⴼⵉⵏⴰⵖ əŋşğł')).toEqual([])
  })

  test('spaces inside a number do not part it', () => {
    expect(runsOf(datum('+212 5 37'), 'rtl', fonts)[0]?.text).toBe('+212\u00a05\u00a037')
  })

  test('a letter that no font has is an error of the program: it was asked before', () => {
    expect(() => runsOf('王', 'ltr', fonts)).toThrow(RangeError)
    expect(fonts.missing(`a${datum('王')}`)).toEqual(['王'])
  })

  test('no letter is lost or doubled, whatever the text', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'اب لاِ()،؟0129/-AéⵜⵏḤ «»[]\u2066\u2068\u2069\u200c\u200d'),
      maxLength: 60,
    })
    fc.assert(
      fc.property(letters, fc.constantFrom('rtl' as const, 'ltr' as const), (text, base) => {
        const runs = runsOf(text, base, fonts)
        const joined = runs
          .map((run) => run.text)
          .join('')
          .replaceAll('\u00a0', ' ')
        expect(joined).toBe(text.replace(/[\u2066-\u2069]/gu, ''))
      }),
    )
  })
})

describe('a word that is cut', () => {
  test.each([
    ['joined on both sides of the cut', 'محمد', 2, ['مح\u200d', '\u200dمد']],
    ['after a letter that joins nothing', 'دار', 1, ['د', 'ار']],
    ['before a vowel mark', 'مُحمد', 2, ['مُ\u200d', '\u200dحمد']],
    ['before a lone hamza', 'سماء', 3, ['سما', 'ء']],
    ['after a lone hamza', 'قراءة', 4, ['قراء', 'ة']],
    ['at a non-joiner', 'علی\u200cرضا', 4, ['علی\u200c', 'رضا']],
    ['in Latin letters', 'WWW', 1, ['W', 'WW']],
    ['at its end', 'محمد', 4, ['محمد', '']],
  ])('%s', (_what, text, at, parts) => {
    expect(joinedCut(text, at)).toEqual(parts)
  })
})

describe('visual order', () => {
  const order = (...levels: number[]): string =>
    visualOrder(levels.map((level, at) => ({ level, at })))
      .map((piece) => String(piece.at))
      .join('')

  test.each([
    ['all left to right', [0, 0, 0], '012'],
    ['all right to left', [1, 1, 1], '210'],
    ['a number in Arabic', [1, 2, 2, 1], '3120'],
    ['Arabic in French', [0, 1, 1, 0], '0213'],
    ['Arabic in French in Arabic', [1, 2, 3, 3, 2, 1], '513240'],
  ])('%s', (_what, levels, wanted) => {
    expect(order(...levels)).toBe(wanted)
  })
})

describe('letters for the shaper', () => {
  test('brackets are mirrored from right to left only', () => {
    expect(forShaper('(1)', 0)).toBe('(1)')
    expect(forShaper('كلمة)', 1)).toBe('كلمة(')
  })

  test('punctuation alone is turned, since the shaper turns only Arabic script', () => {
    expect(forShaper('،:', 1)).toBe(':،')
    expect(forShaper('كلمة،', 1)).toBe('كلمة،')
  })

  test('Persian digits, which the shaper would turn, are turned beforehand', () => {
    expect(forShaper('۱۲', 2)).toBe('۲۱')
  })
})
