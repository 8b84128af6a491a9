import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { faultOf, faults, type FaultCode } from '#shared/fault.ts'
import { languages, type Language } from '#shared/domain/text.ts'
import { placesOf } from '../../../shared/text/fill.ts'
import { speak } from '../i18n/language.ts'
import { faultOfSupportCode, faultSentence, supportCode } from './index.ts'
import { quoted, type FaultSentence } from './sentence.ts'

const codes = Object.keys(faults) as FaultCode[]
const parts = ['what', 'safe', 'next'] as const
const every = codes.flatMap((code) => languages.map((language) => ({ code, language })))
const written = (language: Language): Partial<Record<string, FaultSentence>> =>
  JSON.parse(readFileSync(`${import.meta.dirname}/${language}.json`, 'utf8')) as Partial<Record<string, FaultSentence>>

beforeAll(async () => {
  for (const language of languages) await speak(language)
  await speak('fr')
})

describe('fault sentences', () => {
  it.each(languages)('are of faults that exist, and complete but in Amazigh (%s)', (language) => {
    const said = Object.keys(written(language))
    expect(codes).toEqual(expect.arrayContaining(said))
    if (language !== 'zgh') expect(said).toHaveLength(codes.length)
  })

  it.each(every)('$code in $language says three things and quotes what the others quote', ({ code, language }) => {
    const sentence = written(language)[code]
    if (sentence !== undefined)
      expect(new Set(parts.flatMap((part) => placesOf(sentence[part])))).toEqual(new Set(quoted[code] ?? []))
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
    for (const code of codes) expect(faultSentence(faultOf(code), 'ar').what).toMatch(/[\u0600-\u06ff]/u)
  })

  it('says when French stands in for Amazigh', () => {
    expect(faultSentence(faultOf('card.absent'), 'zgh').spokenIn).toBe('fr')
    expect(faultSentence(faultOf('card.absent'), 'ar').spokenIn).toBe('ar')
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
