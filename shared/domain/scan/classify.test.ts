import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyScan, scanLimit } from './classify.ts'

const now = new Date('2026-11-21T10:00:00Z')
const td3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10']

describe('what a scanner read', () => {
  it('is a machine-readable zone', () => {
    expect(classifyScan(`${td3.join('\r\n')}\r\n`, now)).toMatchObject({
      kind: 'mrz',
      mrz: { format: 'TD3', composite: true },
    })
  })

  it.each(['GU1:6BFY+8 %Z', ']Q1GU1:6BFY+8 %Z\r\n', 'GU1:6BFY+8 %Z\u0000', '\u0002]Q1GU1:6BFY+8 %Z\u001d\u0003'])(
    'is a seal: %j',
    (text) => {
      expect(classifyScan(text, now)).toEqual({ kind: 'seal', seal: 'GU1:6BFY+8 %Z' })
    },
  )

  it('is the number of a register', () => {
    expect(classifyScan(' 2026/RAB03-G2/000001\r', now)).toEqual({
      kind: 'registerNumber',
      register: 'requests',
      number: '2026/RAB03-G2/000001',
    })
  })

  it.each([
    ['hello', 'hello'],
    ['gu1:lower', 'gu1:lower'],
    ['a\u202eb\u0007c\u2028d', 'a b c d'],
    ['\ud83dx', '\ufffdx'],
    ['', ''],
  ])('is something else: %j', (text, shown) => {
    expect(classifyScan(text, now)).toEqual({ kind: 'other', text: shown })
  })

  it('has a kind whatever it is, and what is kept is bounded', () => {
    const nearly = fc.constantFrom('GU1:', ']Q1', '2026/', ...td3)
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), nearly)), (parts) => {
        const scanned = classifyScan(parts.join(''), now)
        if (scanned.kind === 'other') {
          expect(scanned.text.length).toBeLessThanOrEqual(512)
          expect(scanned.text).not.toMatch(/[\p{Cc}\p{Cf}]/u)
        }
        if (scanned.kind === 'seal') expect(scanned.seal.length).toBeLessThanOrEqual(scanLimit)
      }),
    )
  })
})
