import { describe, expect, it } from 'vitest'
import { formOf } from './plurals.ts'

const counts = Array.from({ length: 201 }, (_, n) => n)

/** CLDR 48, plurals.xml, cardinals of Arabic: zero, one, two, few (n % 100 = 3..10), many (11..99), other. */
const arabic = (n: number): number => {
  if (n < 3) return n
  const rest = n % 100
  return rest >= 3 && rest <= 10 ? 3 : rest >= 11 ? 4 : 5
}

describe('plural forms', () => {
  it('are those of CLDR in Arabic, from 0 to 200', () => {
    for (const n of counts) expect(formOf('ar', n, 6), String(n)).toBe(arabic(n))
  })

  it('are those of CLDR in French (one: 0 and 1) and English (one: 1), from 0 to 200', () => {
    for (const n of counts) {
      expect(formOf('fr', n, 2), String(n)).toBe(n < 2 ? 0 : 1)
      expect(formOf('en', n, 2), String(n)).toBe(n === 1 ? 0 : 1)
    }
  })

  it('count Amazigh as French does: CLDR has no rule for zgh', () => {
    for (const n of counts) expect(formOf('zgh', n, 2), String(n)).toBe(formOf('fr', n, 2))
  })

  it('have a wording of their own for none where there are three', () => {
    expect([0, 1, 2].map((n) => formOf('fr', n, 3))).toEqual([0, 1, 2])
    expect([0, 1, 2].map((n) => formOf('en', n, 3))).toEqual([0, 1, 2])
  })

  it('never lead out of what there is', () => {
    for (const n of counts)
      for (const forms of [1, 2, 3, 6])
        for (const language of ['fr', 'ar', 'en', 'zgh'] as const) {
          const form = formOf(language, n, forms)
          expect(form >= 0 && form < forms, `${language} ${String(n)} of ${String(forms)}`).toBe(true)
        }
  })
})
