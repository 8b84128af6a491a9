import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tlv } from './ber.ts'
import { concat } from './bytes.ts'
import { parseDg1, parseDg11, parseDg12 } from './dataGroups.ts'
import { parseDg2 } from './faceImage.ts'

const now = new Date('2026-11-21T10:00:00Z')
const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const face = (tag: number, record: Uint8Array): Uint8Array =>
  tlv(
    0x75,
    tlv(
      0x7f61,
      concat(
        tlv(0x02, Uint8Array.of(1)),
        tlv(0x7f60, concat(tlv(0xa1, Uint8Array.of(0x81, 0x01, 0x02)), tlv(tag, record))),
      ),
    ),
  )

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
    expect(parseDg2(face(0x5f2e, concat(header, Uint8Array.of(0xff, 0x4f, 0xff, 0x51, 0, 0, 0, 0, 0, 0))))?.mime).toBe(
      'image/jp2',
    )
  })
  test('is led to the image by the record, whatever stands before it', () => {
    // A feature point and a description that look like an image: only the record says that they are not.
    const decoy = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0)
    const old = concat(
      text('FAC\u0000010\u0000'),
      Uint8Array.of(0, 0, 0, 0, 0, 1),
      Uint8Array.of(0, 0, 0, 52, 0, 1),
      new Uint8Array(14),
      decoy,
      new Uint8Array(12),
      jpeg,
    )
    expect(parseDg2(face(0x5f2e, old))).toEqual({ mime: 'image/jpeg', bytes: jpeg })
    const block = tlv(
      0x30,
      concat(
        tlv(0x80, decoy),
        tlv(0xa1, tlv(0xa0, tlv(0xa0, concat(tlv(0x80, jpeg), tlv(0xa1, tlv(0xa0, tlv(0x80, Uint8Array.of(2)))))))),
      ),
    )
    const recent = tlv(
      0xa1,
      tlv(
        0x65,
        concat(tlv(0xa0, concat(tlv(0x80, Uint8Array.of(3)), tlv(0x81, Uint8Array.of(0x07, 0xe3)))), tlv(0xa1, block)),
      ),
    )
    expect(parseDg2(face(0x7f2e, recent))).toEqual({ mime: 'image/jpeg', bytes: jpeg })
  })
  test('says so when there is none', () => {
    expect(parseDg2(face(0x5f2e, header))).toBeUndefined()
    expect(parseDg2(tlv(0x75, new Uint8Array()))).toBeUndefined()
  })
})

test('DG11 gives the Arabic name, without what could turn text around', () => {
  const file = tlv(
    0x6b,
    concat(
      tlv(0x5c, Uint8Array.of(0x5f, 0x0e)),
      tlv(0x5f0e, text('الفاسي<<\u202eفاطمة')),
      tlv(0x5f2b, text('19900214')),
      tlv(0x5f11, text('RABAT<MAROC')),
      tlv(0x5f10, text('AB123456')),
    ),
  )
  expect(parseDg11(file)).toEqual({
    cleaned: true,
    details: {
      nativeName: 'الفاسي فاطمة',
      birthDate: { value: '1990-02-14', precision: 'day' },
      birthPlace: 'RABAT MAROC',
      personalNumber: 'AB123456',
    },
  })
})

test('DG11 in full, other names and lines of an address apart', () => {
  const fields = [
    tlv(0xa0, concat(tlv(0x02, Uint8Array.of(2)), tlv(0x5f0f, text('EL<<FASSI')), tlv(0x5f0f, text('لالة')))),
    tlv(0x5f42, text('12, RUE DES ORANGERS<10000 RABAT')),
    tlv(0x5f12, text('+212600000000')),
    tlv(0x5f13, text('AGENT')),
    tlv(0x5f14, text('DR')),
    tlv(0x5f15, text('NOTE')),
    tlv(0x5f16, Uint8Array.of(0xff, 0xd8)),
    tlv(0x5f17, text('A1<B2')),
    tlv(0x5f18, text('GARDE')),
  ]
  expect(parseDg11(tlv(0x6b, concat(...fields)))).toEqual({
    cleaned: false,
    details: {
      otherNames: ['EL FASSI', 'لالة'],
      address: ['12, RUE DES ORANGERS', '10000 RABAT'],
      telephone: '+212600000000',
      profession: 'AGENT',
      title: 'DR',
      summary: 'NOTE',
      otherDocuments: ['A1', 'B2'],
      custody: 'GARDE',
    },
  })
})

test('hidden characters are taken out and said; a name of many pages is cut between characters', () => {
  for (const hidden of ['\u0000', '\u200b', '\u2066', '\ufeff', '\u2028']) {
    expect(parseDg11(tlv(0x6b, tlv(0x5f0e, text(`أ${hidden}ب`))))).toEqual({
      cleaned: true,
      details: { nativeName: 'أب' },
    })
  }
  const long = parseDg11(tlv(0x6b, tlv(0x5f0e, text(`A${'ب'.repeat(3000)}`))))?.details.nativeName
  expect(long).toBe(`A${'ب'.repeat(299)}`)
})

test('dates as digits, as BCD, in part, or not at all', () => {
  const born = (value: Uint8Array) => parseDg11(tlv(0x6b, tlv(0x5f2b, value)))?.details.birthDate
  expect(born(Uint8Array.of(0x19, 0x74, 0x08, 0x12))).toEqual({ value: '1974-08-12', precision: 'day' })
  expect(born(text('19740800'))).toEqual({ value: '1974-08', precision: 'month' })
  expect(born(text('19740000'))).toEqual({ value: '1974', precision: 'year' })
  expect(born(text('19741301'))).toBeUndefined()
  expect(born(text('19740230'))).toBeUndefined()
  expect(born(text('19740245'))).toBeUndefined()
})

test('DG12; a text that is no UTF-8 is left out, not guessed', () => {
  expect(
    parseDg12(tlv(0x6c, concat(tlv(0x5f19, Uint8Array.of(0x50, 0x72, 0xe9, 0x66)), tlv(0x5f26, text('20200131'))))),
  ).toEqual({ cleaned: false, details: { issued: { value: '2020-01-31', precision: 'day' } } })
})

test('any bytes are read without a throw', () => {
  const junk = fc.uint8Array({ maxLength: 400 })
  fc.assert(
    fc.property(fc.constantFrom(0x61, 0x75, 0x6b, 0x6c), junk, (tag, value) => {
      for (const file of [value, tlv(tag, value)]) {
        parseDg1(file, now)
        parseDg2(file)
        parseDg11(file)
        parseDg12(file)
      }
    }),
  )
})
