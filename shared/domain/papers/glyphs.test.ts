import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkLetters, covers, lettersWithout, rangesOf, wordsIn } from './glyphs.ts'

test('a table of ranges says of each letter what the list of letters said', () => {
  const letters = fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 1 })
  fc.assert(
    fc.property(letters, fc.integer({ min: 0, max: 320 }), (list, asked) => {
      const ranges = rangesOf([...list].sort((a, b) => a - b))
      expect(covers(ranges, asked)).toBe(list.includes(asked))
    }),
  )
})

test('ranges are as few as can be', () => {
  expect(rangesOf([1, 2, 3, 7, 9, 10])).toEqual([
    [1, 3],
    [7, 7],
    [9, 10],
  ])
})

test('a missing letter is named once; controls of direction have no shape and need none', () => {
  const has = (letter: number): boolean => letter < 128
  expect(lettersWithout('a\u2066b\u2069\u200fé\u00e9王', has)).toEqual(['é', '王'])
  expect(checkLetters('abc', has).ok).toBe(true)
  expect(checkLetters('é王', has)).toMatchObject({ ok: false, fault: { detail: 'U+00E9 U+738B' } })
})

test('the words of a document are all its texts, however deep', () => {
  expect(wordsIn({ a: 'x', b: [{ c: 'y' }, 4, undefined, null], d: { e: { f: 'z' } } }).split(/\s+/u)).toEqual([
    'x',
    'y',
    'z',
  ])
})
