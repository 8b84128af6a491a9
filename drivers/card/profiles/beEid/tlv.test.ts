import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeFields } from '../../../fake/belgian/fields.ts'
import { fieldsExtent, parseFields } from './tlv.ts'

const fields = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 255 }), fc.uint8Array({ maxLength: 600 })), {
  maxLength: 12,
  selector: ([tag]) => tag,
})

describe('fields of the identity and address files', () => {
  it('come back as they were written, with padding behind them', () => {
    fc.assert(
      fc.property(fields, fc.nat(40), (written, zeroes) => {
        const parsed = parseFields(Buffer.concat([encodeFields(written), Buffer.alloc(zeroes)]))
        // A file of nothing but zeroes reads as one empty structure version.
        const expected = written.length === 0 && zeroes > 1 ? [[0, new Uint8Array(0)]] : written
        if (written.length > 0 || zeroes !== 1)
          expect(parsed.ok && [...parsed.value].map(([tag, value]) => [tag, Uint8Array.from(value)])).toEqual(expected)
      }),
    )
  })

  it('reads a length that goes on after 255', () => {
    const value = new Uint8Array(300).fill(0x41)
    const written = encodeFields([[7, value]])
    expect([...written.subarray(0, 3)]).toEqual([0x07, 0xff, 0x2d])
    expect([...encodeFields([[7, value.subarray(0, 255)]]).subarray(0, 3)]).toEqual([0x07, 0xff, 0x00])
    const parsed = parseFields(written)
    expect(parsed.ok && parsed.value.get(7)?.length).toBe(300)
  })

  it('takes tag 00 as the structure version only at the start', () => {
    const parsed = parseFields(Uint8Array.of(0, 2, 0, 2, 1, 1, 0x41, 0, 0, 9, 9))
    expect(parsed.ok && [...parsed.value.keys()]).toEqual([0, 1])
  })

  it('refuses a field that stops short or comes twice', () => {
    expect(parseFields(Uint8Array.of(7, 5, 0x41))).toMatchObject({ ok: false, fault: { code: 'card.malformed' } })
    expect(parseFields(Uint8Array.of(7, 0xff))).toMatchObject({ ok: false })
    expect(parseFields(Uint8Array.of(7, 1, 0x41, 7, 1, 0x42))).toMatchObject({ ok: false })
  })

  it('knows how far a field that has begun will go', () => {
    expect(fieldsExtent(Uint8Array.of(7, 5, 0x41))).toEqual({ atLeast: 7 })
    expect(fieldsExtent(Uint8Array.of(7))).toEqual({ atLeast: 2 })
    expect(fieldsExtent(Uint8Array.of(7, 1, 0x41))).toBeUndefined()
    expect(fieldsExtent(Uint8Array.of(7, 1, 0x41, 0, 0))).toBeUndefined()
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (noise) => {
        const parsed = parseFields(noise)
        expect(parsed.ok || parsed.fault.code === 'card.malformed').toBe(true)
        fieldsExtent(noise)
      }),
      { numRuns: 1000 },
    )
  })
})
