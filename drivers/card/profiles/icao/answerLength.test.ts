import { expect, test } from 'vitest'
import { announcedByAtr, announcedByFile, answerLimit } from './answerLength.ts'
import { tlv } from './ber.ts'
import { concat } from './bytes.ts'

const atr = (hex: string) => announcedByAtr(Uint8Array.from(Buffer.from(hex, 'hex')))
const limits = (answer: Uint8Array) => tlv(0x7f66, concat(tlv(0x02, Uint8Array.of(0x04, 0x00)), tlv(0x02, answer)))

test('card capabilities among the historical bytes of an ATR', () => {
  expect(atr('3B8880010073C84013009000')).toBe('short')
  expect(atr('3B8880010073C84053009000')).toBe('extended')
  // Compact objects without a status; another object first.
  expect(atr('3B87800180310773C84053')).toBe('extended')
  // No capabilities, no historical bytes, cut off inside the interface bytes.
  expect(atr('3B9813400AA503010101AD1311')).toBe('unknown')
  for (const short of ['', '3B', '3BFF', '3B80', '3BF0110000']) expect(atr(short)).toBe('unknown')
})

test('EF.ATR/INFO: the limit of an answer, bounded to what drivers carry', () => {
  expect(announcedByFile(limits(Uint8Array.of(0x08, 0x00)))).toBe(2048)
  expect(
    announcedByFile(
      concat(
        tlv(0x43, Uint8Array.of(1)),
        tlv(0x47, Uint8Array.of(0, 0, 0x60)),
        limits(Uint8Array.of(0x01, 0x00, 0x00)),
        new Uint8Array(9),
      ),
    ),
  ).toBe(4096)
  expect(announcedByFile(tlv(0x47, Uint8Array.of(0, 0, 0x40)))).toBe(2048)
  expect(announcedByFile(tlv(0x47, Uint8Array.of(0, 0, 0x20)))).toBeUndefined()
  expect(announcedByFile(limits(Uint8Array.of(0x01, 0x00)))).toBeUndefined()
  expect(announcedByFile(limits(new Uint8Array(5).fill(1)))).toBeUndefined()
  expect(announcedByFile(new Uint8Array(0))).toBeUndefined()
  expect(answerLimit()).toBe(2048)
})
