import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sealForms, sealPrefix } from './sealText.ts'

const seal = 'GU1:6BF0 X:C3$AB+.-/%*9Z'

test.each([
  ['as it is', seal],
  ['led by a space and ended by a line', ` ${seal}\r\n`],
  ['in quotes', `« ${seal} »`],
  ['in other quotes', `"${seal}"`],
  ['with a byte order mark and signs without width', `\ufeffGU1:\u200b${seal.slice(4)}\u200e`],
  ['with spaces that do not break', seal.replace(' ', '\u00a0')],
  ['in small letters', seal.toLowerCase()],
  ['wrapped', 'GU1:6BF0 X:C3\n$AB+.-/%*9Z'],
  ['wrapped and quoted', '> GU1:6BF0 X:C3\r\n> $AB+.-/%*9Z'],
  ['wrapped at its space', 'GU1:6BF0\nX:C3$AB+.-/%*9Z'],
  ['wrapped after its space', 'GU1:6BF0 \n  X:C3$AB+.-/%*9Z'],
])('a seal copied %s is among what it may be', (_, text) => {
  expect(sealForms(text)).toContain(seal)
})

test('what does not begin as one is none', () => {
  for (const text of ['', 'GU', 'receipt.pdf', 'https://a/?GU1:', '> > >']) expect(sealForms(text)).toEqual([])
})

test('of any text there are three readings at most, each of which begins as a seal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const forms = sealForms(`${sealPrefix}${text}`)
      expect(forms.length).toBeLessThanOrEqual(3)
      expect(forms.every((form) => form.startsWith(sealPrefix))).toBe(true)
    }),
  )
})
