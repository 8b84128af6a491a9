import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeText } from './decode.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

test('UTF-8 comes back as it was, with a byte order mark or without', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      // A text that begins with a zero byte, or has one second, may be UTF-16: it is no text that anybody writes.
      fc.pre(!text.includes('\u0000') && !text.startsWith('\ufeff'))
      expect(decodeText(utf8(text))).toEqual({ text })
      expect(decodeText(utf8(`\ufeff${text}`))).toEqual({ text })
    }),
  )
})

test.each([
  ['Latin letters of one byte', [0x48, 0xe9, 0x6c, 0xe8, 0x6e, 0x65], 'not UTF-8: save it as UTF-8'],
  ['a letter cut off', [0x48, 0xc3], 'not UTF-8: save it as UTF-8'],
  ['half a pair in three bytes', [0xed, 0xa0, 0x80], 'not UTF-8: save it as UTF-8'],
  ['UTF-16, little end first', [0xff, 0xfe, 0x7b, 0x00], 'UTF-16, not UTF-8: save it as UTF-8'],
  ['UTF-16, big end first', [0xfe, 0xff, 0x00, 0x7b], 'UTF-16, not UTF-8: save it as UTF-8'],
  ['UTF-16 without its mark', [0x7b, 0x00, 0x0a, 0x00], 'UTF-16, not UTF-8: save it as UTF-8'],
])('%s: said as such', (_, bytes, flaw) => {
  expect(decodeText(Uint8Array.from(bytes))).toEqual({ flaw })
})

test('nothing is an empty text', () => {
  expect(decodeText(new Uint8Array())).toEqual({ text: '' })
})
