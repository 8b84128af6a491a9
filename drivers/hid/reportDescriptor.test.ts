import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyboardDevice, mrzReaderDevice, posScannerDevice } from '#tests/emulators/hid/devices.ts'
import { parseReportDescriptor } from './reportDescriptor.ts'

describe('report descriptors', () => {
  it('of a POS scanner: each field with its place in the report', () => {
    const at = (usage: number | undefined, bitOffset: number, bitSize: number, count: number) => ({
      reportId: 2,
      usage,
      bitOffset,
      bitSize,
      count,
    })
    expect(parseReportDescriptor(posScannerDevice.descriptor)).toEqual([
      at(0x01_003b, 0, 8, 1),
      at(0x8c_00fb, 8, 8, 1),
      at(0x8c_00fc, 16, 8, 1),
      at(0x8c_00fd, 24, 8, 1),
      at(0x8c_00fe, 32, 8, 56),
      at(undefined, 480, 8, 2),
      at(0x8c_00ff, 496, 1, 1),
      at(undefined, 497, 1, 7),
    ])
  })

  it('of a keyboard: ranges of usages, one element each', () => {
    const fields = parseReportDescriptor(keyboardDevice.descriptor)
    expect(fields.slice(0, 8).map((field) => field.usage)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((key) => 0x07_00e0 + key),
    )
    expect(fields.reduce((bits, field) => bits + field.bitSize * field.count, 0)).toBe(64)
  })

  it('with push and pop, four-byte usages and long items', () => {
    const bytes = [
      0x05, 0x8c, 0x75, 0x08, 0x95, 0x02, 0xa4, 0x05, 0x01, 0x95, 0x01, 0xfe, 0x02, 0x00, 0xaa, 0xbb, 0x0b, 0x3b, 0x00,
      0x02, 0x00, 0x81, 0x02, 0xb4, 0x09, 0xfe, 0x81, 0x02,
    ]
    expect(parseReportDescriptor(Uint8Array.from(bytes))).toEqual([
      { reportId: 0, usage: 0x02_003b, bitOffset: 0, bitSize: 8, count: 1 },
      { reportId: 0, usage: 0x8c_00fe, bitOffset: 8, bitSize: 8, count: 2 },
    ])
  })

  it('are read up to what is cut off', () => {
    const whole = parseReportDescriptor(posScannerDevice.descriptor)
    for (let end = 0; end < posScannerDevice.descriptor.length; end += 1) {
      expect(whole).toEqual(
        expect.arrayContaining([...parseReportDescriptor(posScannerDevice.descriptor.subarray(0, end))]),
      )
    }
  })

  it('never make more than their limits, whatever they say', () => {
    const real = fc.constantFrom(posScannerDevice, mrzReaderDevice, keyboardDevice).chain(({ descriptor }) =>
      fc.array(fc.tuple(fc.nat(descriptor.length - 1), fc.nat(255)), { maxLength: 6 }).map((changes) => {
        const changed = Uint8Array.from(descriptor)
        for (const [at, value] of changes) changed[at] = value
        return changed
      }),
    )
    const greedy = fc.array(
      fc.constantFrom(
        [0x97, 0xff, 0xff, 0xff, 0xff],
        [0x77, 0xff, 0xff, 0xff, 0xff],
        [0x75, 1],
        [0x96, 0xff, 0xff],
        [0x1a, 0, 0],
        [0x2a, 0xff, 0xff],
        [0x81, 2],
        [0xa4],
        [0xb4],
        [0x09, 0xfe],
      ),
      { maxLength: 400 },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          real,
          greedy.map((items) => Uint8Array.from(items.flat())),
        ),
        (bytes) => {
          const fields = parseReportDescriptor(bytes)
          expect(fields.length).toBeLessThanOrEqual(1024)
          for (const field of fields) expect(field.bitOffset + field.bitSize * field.count).toBeLessThanOrEqual(65_536)
        },
      ),
    )
  })
})
