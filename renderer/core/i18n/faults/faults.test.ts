import { describe, expect, it } from 'vitest'
import { faultOf, faults, type FaultCode } from '#shared/fault.ts'
import { languages } from '#shared/domain/text.ts'
import { faultOfSupportCode, faultSentence, supportCode, templateOf } from './index.ts'
import { namesIn, quoted } from './sentence.ts'

const codes = Object.keys(faults) as FaultCode[]
const parts = ['what', 'safe', 'next'] as const
const every = codes.flatMap((code) => languages.map((language) => ({ code, language })))

describe('fault sentences', () => {
  it.each(every)('$code in $language says three things and quotes what the others quote', ({ code, language }) => {
    const { sentence } = templateOf(code, language)
    const names = parts.flatMap((part) => namesIn(sentence[part]))
    expect(new Set(names)).toEqual(new Set(quoted[code] ?? []))
    const said = faultSentence(faultOf(code), language)
    for (const part of parts) {
      expect(said[part]).toMatch(/\S.*\.$/u)
      expect(said[part]).not.toMatch(/[{}[\]…]/u)
    }
  })

  it.each(every)('$code in $language stays sober', ({ code, language }) => {
    const said = Object.values(faultSentence(faultOf(code), language)).join(' ')
    expect(said).not.toMatch(/oups|oops|désolé|sorry|\bnous\b|\bwe\b|\bour\b|malheureusement|!/iu)
  })

  it('writes Arabic in Arabic letters', () => {
    for (const code of codes) expect(templateOf(code, 'ar').sentence.what).toMatch(/[\u0600-\u06ff]/u)
  })

  it('says when French stands in for Amazigh', () => {
    expect(faultSentence(faultOf('card.absent'), 'zgh').spokenIn).toBe('fr')
  })

  it('isolates a value in its own direction', () => {
    const said = faultSentence(faultOf('printer.unreachable', undefined, { printer: 'Canon LBP (2)' }), 'ar')
    expect(said.what).toBe('الطابعة \u2068Canon LBP (2)\u2069 لا تجيب.')
  })

  it('leaves out the part whose value is not known', () => {
    expect(faultSentence(faultOf('printer.unreachable'), 'fr').what).toBe('L’imprimante ne répond pas.')
  })
})

describe('support codes', () => {
  it('are distinct and lead back to the fault', () => {
    expect(new Set(codes.map(supportCode)).size).toBe(codes.length)
    for (const code of codes) expect(faultOfSupportCode(supportCode(code).toLowerCase())).toBe(code)
  })

  it('never change', () => {
    expect(supportCode('card.absent')).toMatchInlineSnapshot(`"CAR-110"`)
  })
})
