import { expect, test } from 'vitest'
import { longestText } from '#shared/domain/papers/room.ts'
import { aReceipt } from '#tests/builders/receipt.ts'
import { resources } from '#tests/builders/worker.ts'
import { openGlyphCheck } from './glyphs.ts'

const { checkGlyphs, legible } = openGlyphCheck(resources)
const named = (familyName: string) =>
  checkGlyphs(aReceipt({ citizen: { familyName, givenNames: 'Li', source: 'card' } }))

test.each(['El Fassi', 'Aït Ḥmad', 'Жданов', 'فاطمة', 'ⵜⴰⴳⵍⴷⵉⵜ'])('a receipt for %s can be printed', (name) => {
  expect(named(name).ok).toBe(true)
})

test.each([
  ['王', 'U+738B'],
  ['😀', 'U+1F600'],
  ['\ud83d', 'U+D83D'],
  ['\u{10fffe}', 'U+10FFFE'],
])('a letter that no font has is named before anything is written: %s', (letter, code) => {
  expect(named(`A${letter}${letter}`)).toMatchObject({
    ok: false,
    fault: { code: 'receipt.glyphMissing', detail: code, values: { letters: letter } },
  })
})

test('a text that has no room on a page is refused before anything is written', () => {
  const office = (letters: number) => ({ fr: 'W'.repeat(letters), ar: 'جماعة' })
  expect(checkGlyphs(aReceipt({ office: office(500) })).ok).toBe(true)
  expect(checkGlyphs(aReceipt({ office: office(501) }))).toMatchObject({ fault: { code: 'receipt.tooLong' } })
})

test('a line of a register is printed as far as it can be: a mark for a letter without a shape, a cut where room ends', () => {
  expect(legible('Li 王')).toBe('Li ?')
  expect(legible('W'.repeat(longestText))).toBe('W'.repeat(longestText))
  expect(legible('W'.repeat(longestText + 1))).toBe(`${'W'.repeat(longestText - 1)}…`)
  expect(legible('😀'.repeat(longestText))).toHaveLength(longestText / 2)
})
