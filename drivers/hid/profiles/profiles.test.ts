import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asciiReportsOf, mrzReaderDevice, posReports, posScannerDevice } from '#tests/emulators/hid/devices.ts'
import type { HidInfo } from '../profile.ts'
import { parseReportDescriptor } from '../reportDescriptor.ts'
import { profileOf } from './all.ts'
import { asciiReports } from './asciiReports.ts'
import { posLayouts, posScanner, readPosReport } from './posScanner.ts'

const layouts = posLayouts(parseReportDescriptor(posScannerDevice.descriptor))
const long = 'GU1:'.padEnd(300, 'ABC $%*+-./:')

describe('HID POS scanners', () => {
  it.each([
    ['with its descriptor', posScannerDevice.descriptor],
    ['where the system hides it', undefined],
  ])('a symbol over several reports, %s', (_, descriptor) => {
    const decode = posScanner.decoder(descriptor)
    const heard = posReports(long, ']Q1').map((report) => decode(report))
    expect(heard.slice(0, -1).every((one) => one === undefined)).toBe(true)
    expect(heard.at(-1)).toEqual({ text: long, whole: true })
    expect(posReports('next', ']C0').map((report) => decode(report))).toEqual([{ text: 'next', whole: true }])
  })

  it('the symbology identifier, whether the rest follows, and another report', () => {
    const [report = new Uint8Array()] = posReports(long, ']Q1')
    expect(readPosReport(layouts, report)).toMatchObject({ symbology: ']Q1', continued: true })
    expect(readPosReport(layouts, Uint8Array.from([3, ...report.subarray(1)]))).toBeUndefined()
  })

  it('a length that lies, and a report that is cut off', () => {
    const [report = new Uint8Array()] = posReports('ABC', ']Q1')
    expect(readPosReport(layouts, Uint8Array.from([2, 57, ...report.subarray(2)]))).toBeUndefined()
    expect(readPosReport(layouts, report.subarray(0, 7))).toBeUndefined()
  })

  it('text in UTF-8 or in Latin-1', () => {
    const decode = posScanner.decoder(posScannerDevice.descriptor)
    expect(posReports('قرية é', ']Q1').map(decode)).toEqual([{ text: 'قرية é', whole: true }])
    const latin = Uint8Array.from([2, 1, 0x5d, 0x51, 0x30, 0xe9, ...new Uint8Array(58)])
    expect(decode(latin)).toEqual({ text: 'é', whole: true })
  })

  it('any text comes out as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 600 }), (text) => {
        const decode = posScanner.decoder(posScannerDevice.descriptor)
        const sent = text.replaceAll('\ufeff', '')
        expect(
          posReports(sent, ']Q1')
            .map((report) => decode(report))
            .at(-1),
        ).toEqual(sent === '' ? undefined : { text: sent, whole: true })
      }),
    )
  })

  it('any report and any descriptor say something bounded or nothing', () => {
    fc.assert(
      fc.property(
        fc.option(fc.uint8Array({ maxLength: 80 }), { nil: undefined }),
        fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 40 }),
        (descriptor, reports) => {
          for (const decode of [posScanner.decoder(descriptor), asciiReports.decoder(descriptor)]) {
            for (const report of reports)
              expect(decode(Uint8Array.from([2, ...report]))?.text.length ?? 0).toBeLessThanOrEqual(8192)
          }
        },
      ),
    )
  })

  it('a symbol longer than any is dropped to its end', () => {
    const decode = posScanner.decoder(posScannerDevice.descriptor)
    const [endless = new Uint8Array()] = posReports('x'.repeat(60), ']Q1')
    for (let count = 0; count < 150; count += 1) expect(decode(endless)).toBeUndefined()
    expect(posReports('end', ']Q1').map(decode)).toEqual([undefined])
    expect(posReports('next', ']Q1').map(decode)).toEqual([{ text: 'next', whole: true }])
  })
})

describe('readers of zones with raw reports', () => {
  it('lines across reports of a fixed size', () => {
    const decode = asciiReports.decoder(mrzReaderDevice.descriptor)
    const text = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\r'
    expect(
      asciiReportsOf(text)
        .map((report) => decode(report)?.text)
        .join(''),
    ).toBe(text)
  })
})

describe('the profile of a device', () => {
  const info = (usagePage: number, usage: number, product: string): HidInfo => ({
    path: '/dev/hidraw0',
    vendorId: 1,
    productId: 1,
    usagePage,
    usage,
    product,
  })

  it.each([
    [info(0x8c, 2, 'x'), 'posScanner'],
    [info(0xff00, 1, 'ACME MRZ Swipe'), 'asciiReports'],
    [info(0xff00, 1, 'Gaming mouse'), undefined],
    [info(0x01, 6, 'MRZ keyboard'), undefined],
    [info(0xf1d0, 1, 'Passport key'), undefined],
  ])('%j', (device, name) => {
    expect(profileOf(device)?.name).toBe(name)
  })
})
