import { expect, test } from 'vitest'
import { paperTemplate, phrase, phrases } from './template.ts'

const form = paperTemplate({ page: phrase('page'), ...phrases('title') })
const good = {
  version: '2026.1',
  source: 's',
  medium: 'a4',
  words: { page: { fr: '{page}', ar: '{page}' }, title: { fr: 'T', ar: 'ت' } },
}
test.each([
  ['a place that nothing fills', { words: { ...good.words, title: { fr: 'T {page}', ar: 'ت' } } }],
  ['a word in one language only', { words: { ...good.words, title: { fr: 'T' } } }],
  ['a word that no paper says', { words: { ...good.words, other: { fr: 'T', ar: 'ت' } } }],
  ['a missing word', { words: { page: good.words.page } }],
  ['a version of another form', { version: 'v1' }],
  ['a paper that no printer has', { medium: 'a3' }],
])('%s is refused', (_what, change) => {
  expect(form.safeParse(good).success).toBe(true)
  expect(form.safeParse({ ...good, ...change }).success).toBe(false)
})
