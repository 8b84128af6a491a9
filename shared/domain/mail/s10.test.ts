import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { checkS10, s10CheckDigit } from './s10.ts'

const serials = fc.stringMatching(/^\d{8}$/)
const letters = fc.stringMatching(/^[A-Z]{2}$/)

describe('numbers of registered post (UPU S10)', () => {
  it.each([
    ['RR473124829GB', 9], // the example of UPU S10 and of Royal Mail
    ['EE 476 201 290 MA', 0],
    ['ra 123 456 895 ma', 5],
  ])('%s is one', (code, expected) => {
    expect(checkS10(code)).toEqual({ valid: true, expected })
  })

  it.each(['', 'RR47312482GB', 'R1473124829GB', 'RR4731248299GB', '٤٧٣١٢٤٨٢', 'RR473124829G'])(
    '%s has another form: no digit can be said',
    (code) => {
      expect(checkS10(code)).toEqual({ valid: false })
    },
  )

  it('says the digit of any serial, and takes no other one', () => {
    fc.assert(
      fc.property(letters, serials, letters, fc.integer({ min: 0, max: 9 }), (service, serial, country, digit) => {
        const expected = s10CheckDigit(serial)
        expect(checkS10(`${service}${serial}${String(digit)}${country}`)).toEqual({
          valid: digit === expected,
          expected,
        })
      }),
    )
  })

  it('notices every wrong digit, and every two neighbours that were exchanged', () => {
    // 10 is written 0 and 11 is written 5: a wrong digit may hide between those two alone.
    const plain = (serial: string): number => (11 - (weighted(serial) % 11)) % 11
    const weighted = (serial: string): number =>
      [8, 6, 4, 2, 3, 5, 9, 7].reduce((sum, weight, at) => sum + weight * Number(serial.charAt(at)), 0)
    fc.assert(
      fc.property(serials, fc.integer({ min: 0, max: 6 }), (serial, at) => {
        const [a, b] = [serial.charAt(at), serial.charAt(at + 1)]
        fc.pre(a !== b)
        const swapped = serial.slice(0, at) + b + a + serial.slice(at + 2)
        expect(plain(swapped)).not.toBe(plain(serial))
      }),
    )
  })
})
