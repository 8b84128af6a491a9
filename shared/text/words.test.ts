import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from './fold.ts'
import { withoutArticle, wordsOf } from './words.ts'

test.each([
  ['Permis d’habiter', ['permis', 'd', 'habiter']],
  ['CERTIFICAT-RESIDENCE', ['certificat', 'residence']],
  ['شهادة الإقامَة', ['شهاده', 'الاقامه']],
  ['ⵜⴰⵙⵔⵉⵃⵜ ٢٠٢٦', ['ⵜⴰⵙⵔⵉⵃⵜ', '2026']],
  ['« * ! »', []],
])('%s has the words %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words)
})

test.each([
  ['الاقامه', 'اقامه'],
  ['والبناء', 'بناء'],
  ['للبناء', 'بناء'],
  ['اله', 'اله'],
  ['permis', 'permis'],
])('%s without its article is %s', (word, bare) => {
  expect(withoutArticle(word)).toBe(bare)
})

test('words are taken apart once: what is stored is what is asked for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const words = wordsOf(text)
      expect(wordsOf(words.join(' '))).toEqual(words)
      expect(words.join('')).toBe(fold(text).replace(/[^\p{L}\p{N}]/gu, ''))
    }),
  )
})
