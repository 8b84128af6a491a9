import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase45, toBase45 } from './base45.ts'

test.each([
  ['AB', 'BB8'],
  ['Hello!!', '%69 VD92EX0'],
  ['base-45', 'UJCLQE7W581'],
  ['ietf!', 'QED8WEX0'],
])('RFC 9285 writes %s as %s', (text, written) => {
  expect(toBase45(Buffer.from(text))).toBe(written)
  expect(Buffer.from(fromBase45(written) ?? []).toString()).toBe(text)
})

test.each(['GGW', '::', 'A', 'ABCD', 'bb8', 'AB!'])('%s is no base45', (text) => {
  expect(fromBase45(text)).toBeUndefined()
})

test('every byte string comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(fromBase45(toBase45(bytes))).toEqual(bytes)
    }),
  )
})

test('a text that is read has one form only', () => {
  const letters = fc.string({
    unit: fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'),
    maxLength: 60,
  })
  fc.assert(
    fc.property(letters, (text) => {
      const bytes = fromBase45(text)
      if (bytes !== undefined) expect(toBase45(bytes)).toBe(text)
    }),
  )
})
