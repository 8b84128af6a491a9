import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tlv } from './ber.ts'
import { concat } from './bytes.ts'
import { parseDg1, parseDg11, parseDg12, parseDg2 } from './dataGroups.ts'

const now = new Date('2026-11-21T10:00:00Z')
const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const face = (tag: number, record: Uint8Array): Uint8Array => tlv(0x75, tlv(0x7f61, concat(tlv(0x02, Uint8Array.of(1)), tlv(0x7f60, concat(tlv(0xa1, Uint8Array.of(0x81, 0x01, 0x02)), tlv(tag, record))))))

test('DG1 holds the zone in one run', () => {
  const zone = 'I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<'
  expect(parseDg1(tlv(0x61, tlv(0x5f1f, text(zone))), now)).toMatchObject({ format: 'TD1', composite: true })
  expect(parseDg1(tlv(0x62, tlv(0x5f1f, text(zone))), now)).toBeUndefined()
})

describe('DG2', () => {
  const header = concat(text('FAC\u0000010\u0000'), new Uint8Array(50))
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4, 5, 6, 7, 8)
  test('finds the image by its magic, behind any header', () => {
    expect(parseDg2(face(0x5f2e, concat(header, jpeg)))).toEqual({ mime: 'image/jpeg', bytes: jpeg })
    expect(parseDg2(face(0x7f2e, concat(new Uint8Array(17), jpeg)))?.bytes).toEqual(jpeg)
    expect(parseDg2(face(0x5f2e, concat(header, Uint8Array.of(0xff, 0x4f, 0xff, 0x51, 0, 0, 0, 0, 0, 0))))?.mime).toBe('image/jp2')
  })
  test('says so when there is none', () => {
    expect(parseDg2(face(0x5f2e, header))).toBeUndefined()
    expect(parseDg2(tlv(0x75, new Uint8Array()))).toBeUndefined()
  })
})

test('DG11 gives the Arabic name, without what could turn text around', () => {
  const file = tlv(0x6b, concat(tlv(0x5c, Uint8Array.of(0x5f, 0x0e)), tlv(0x5f0e, text('الفاسي<<\u202eفاطمة')), tlv(0x5f2b, text('19900214')), tlv(0x5f11, text('RABAT<MAROC')), tlv(0x5f10, text('AB123456'))))
  expect(parseDg11(file)).toEqual({ nativeName: 'الفاسي فاطمة', birthDate: { value: '1990-02-14', precision: 'day' }, birthPlace: 'RABAT MAROC', personalNumber: 'AB123456' })
})

test('dates as digits, as BCD, in part, or not at all', () => {
  const born = (value: Uint8Array) => parseDg11(tlv(0x6b, tlv(0x5f2b, value)))?.birthDate
  expect(born(Uint8Array.of(0x19, 0x74, 0x08, 0x12))).toEqual({ value: '1974-08-12', precision: 'day' })
  expect(born(text('19740800'))).toEqual({ value: '1974-08', precision: 'month' })
  expect(born(text('19740000'))).toEqual({ value: '1974', precision: 'year' })
  expect(born(text('19741301'))).toBeUndefined()
  expect(born(text('19740230'))).toBeUndefined()
  expect(born(text('19740245'))).toBeUndefined()
})

test('DG12, also in Latin-1', () => {
  expect(parseDg12(tlv(0x6c, concat(tlv(0x5f19, Uint8Array.of(0x50, 0x72, 0xe9, 0x66)), tlv(0x5f26, text('20200131')))))).toEqual({ authority: 'Préf', issued: { value: '2020-01-31', precision: 'day' } })
})

test('any bytes are read without a throw', () => {
  const junk = fc.uint8Array({ maxLength: 400 })
  fc.assert(fc.property(fc.constantFrom(0x61, 0x75, 0x6b, 0x6c), junk, (tag, value) => {
    for (const file of [value, tlv(tag, value)]) {
      parseDg1(file, now)
      parseDg2(file)
      parseDg11(file)
      parseDg12(file)
    }
  }))
})
