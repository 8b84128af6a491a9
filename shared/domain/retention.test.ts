import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retentionRules, retentionTerms, termOf, wipedKinds } from './retention.ts'

test('every term lies within its own bounds, and every kind may be set', () => {
  for (const kind of wipedKinds) {
    const { days, least, most } = retentionRules[kind]
    expect([kind, least >= 1 && least <= days && days <= most]).toEqual([kind, true])
  }
  expect(Object.keys(retentionTerms.shape)).toEqual([...wipedKinds])
  expect(termOf('draft', {})).toBe(7)
})

test('a platform sets any term within the bounds and none beyond them', () => {
  fc.assert(
    fc.property(fc.constantFrom(...wipedKinds), fc.integer({ min: -5, max: 12_000 }), (kind, days) => {
      const { least, most } = retentionRules[kind]
      const set = retentionTerms.safeParse({ [kind]: days })
      expect(set.success).toBe(days >= least && days <= most)
      if (set.success) expect(termOf(kind, set.data)).toBe(days)
    }),
  )
})
