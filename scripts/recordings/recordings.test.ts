import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fragmentsOf } from '#renderer/features/board/fragments.ts'
import { root } from '../runtime.ts'
import { clipOf, evened, readWav, writeWav } from './clip.ts'
import { forVoice, speak, textsOf } from './recordings.ts'

const languages = ['fr', 'ar'] as const
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const callOf = (ticket: string, counter: string) => ({
  ticket,
  counter,
  calledAt: '2026-11-30T09:00:00.000Z',
  times: 1,
})

describe('what is recorded', () => {
  it.each(languages)(
    'every number from 0 to 999 and every letter, in %s, and nothing that no call needs',
    (language) => {
      const said = new Set(
        [...Array(1000).keys()].flatMap((n) => fragmentsOf(callOf(`A${String(n)}`, letters[n % 26] ?? ''), language)),
      )
      expect([...said].sort()).toEqual(Object.keys(textsOf(root, language)).sort())
    },
  )

  it('any ticket at any counter is put together from it, an island’s and one over 999 too', () => {
    const [ticket, counter] = [
      fc.stringMatching(/^(S\d-)?[A-Z]{1,2}\d{1,5}$/u),
      fc.stringMatching(/^[A-Z0-9-]{1,12}$/u),
    ]
    fc.assert(
      fc.property(ticket, counter, fc.constantFrom(...languages), (called, at, language) => {
        const texts = textsOf(root, language)
        expect(fragmentsOf(callOf(called, at), language).filter((name) => texts[name] === undefined)).toEqual([])
      }),
    )
  })

  it('Arabic is written with its vowels: every letter that is not long or last has a mark', () => {
    for (const text of Object.values(textsOf(root, 'ar')).filter((one) => /\p{Script=Arabic}/u.test(one)))
      for (const word of text.split(' '))
        expect(word.normalize('NFC')).toMatch(
          /^(?:[\u0621-\u064A][\u064B-\u0652]+|[اوي](?!$))*[\u0621-\u064A][\u064B-\u0652]*$/u,
        )
  })
})

describe('what the voice is given', () => {
  it('a doubled letter written twice, and the ة of a pause as it is said; French as it is', () => {
    expect(forVoice('سِتَّة')).toBe('سِتْتَه')
    expect(forVoice('سِتُّون')).toBe('سِتْتُون')
    expect(forVoice('سِتَّةَ عَشَر')).toBe('سِتْتَةَ عَشَر')
    expect(forVoice('soixante et onze')).toBe('soixante et onze')
    expect(forVoice('zéro')).toBe('zéro')
  })

  it.each([
    ['سِتَّة', 'ar', "sitt'ah"],
    ['سِتُّون', 'ar', "sitt'u:n"],
    ['شُبَّاكْ', 'ar', "S'ubba:k"],
  ])('%s is said right', (text, voice, phonemes) => {
    const said = spawnSync('espeak-ng', ['-v', voice, '-x', '-q', forVoice(text)], { encoding: 'utf8' })
    expect(said.stdout.trim()).toBe(phonemes)
  })
})

describe('a clip', () => {
  const tone = (rate: number, parts: readonly (readonly [seconds: number, height: number])[]) => ({
    rate,
    samples: Float64Array.from(
      parts.flatMap(([seconds, height]) =>
        Array.from({ length: Math.round(seconds * rate) }, (_, at) => height * Math.sin(at / 7)),
      ),
    ),
  })

  it('comes back from a WAV file as it went in', () => {
    const { rate, samples } = readWav(writeWav(tone(22_050, [[0.1, 0.5]])))
    expect(rate).toBe(22_050)
    expect(samples).toHaveLength(2_205)
    expect(Math.max(...samples)).toBeCloseTo(0.5, 2)
  })

  it('loses the silence at its ends, whatever they are, and is as loud as any other, never over the top', () => {
    const height = fc.double({ min: 0.05, max: 1, noNaN: true })
    const rest = fc.double({ min: 0, max: 0.4, noNaN: true })
    fc.assert(
      fc.property(height, rest, rest, (loud, before, after) => {
        const { samples } = evened(
          tone(22_050, [
            [before, 0],
            [0.3, loud],
            [after, 0],
          ]),
        )
        expect(samples.length / 22_050).toBeGreaterThan(0.28)
        expect(samples.length / 22_050).toBeLessThan(0.33)
        const mean = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length)
        expect(mean).toBeGreaterThan(0.09)
        expect(mean).toBeLessThan(0.105)
        expect(Math.max(...samples)).toBeLessThanOrEqual(0.9)
      }),
      { numRuns: 40 },
    )
  })

  it('is empty where nothing is heard', () => {
    expect(evened(tone(22_050, [[0.2, 0]])).samples).toHaveLength(0)
    expect(clipOf(Buffer.alloc(44))).toHaveLength(44)
  })

  it.each(['numéro', 'اِثْنَان'])('of %s is a second of voice at most', (text) => {
    const bytes = speak(text)
    expect(bytes).toBeDefined()
    const { rate, samples } = readWav(Buffer.from(bytes ?? []))
    expect(samples.length / rate).toBeGreaterThan(0.2)
    expect(samples.length / rate).toBeLessThan(1)
  })
})
