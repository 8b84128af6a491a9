import fc from 'fast-check'
import { expect, test } from 'vitest'
import { usualMail } from '../mailOffice.ts'
import { ageOf, datesOf, fateOf, type AgedLetter } from './age.ts'
import { classOf, classPlan, fates, usualPlan, type ArchiveClass } from './classPlan.ts'

const aClass = (over: Partial<ArchiveClass> = {}): ArchiveClass => ({
  code: 'X',
  name: { fr: 'x', ar: 'x' },
  active: 1,
  semiActive: 2,
  fate: 'destroy',
  kinds: [],
  ...over,
})
const isoDay = fc
  .integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2060, 11, 31) })
  .map((at) => new Date(at).toISOString().slice(0, 10))
const rule = fc
  .record({ active: fc.nat(30), semiActive: fc.nat(30), fate: fc.constantFrom(...fates) })
  .map((one) => aClass(one))
const letter: fc.Arbitrary<AgedLetter> = fc.record({
  closedOn: fc.option(isoDay, { nil: undefined, freq: 8 }),
  class: fc.option(rule, { nil: undefined, freq: 8 }),
})
const ages = ['open', 'current', 'intermediate', 'over'] as const

test('years are counted from the end of the year in which it was dealt with, on its last day as on its first', () => {
  const ageOn = (closedOn: string, today: string) => ageOf([{ closedOn, class: aClass() }], today)
  for (const closedOn of ['2024-01-01', '2024-02-29', '2024-12-31']) {
    expect(datesOf({ closedOn, class: aClass() })).toEqual({ intermediate: '2026-01-01', over: '2028-01-01' })
    expect(ageOn(closedOn, '2025-12-31')).toBe('current')
    expect(ageOn(closedOn, '2026-01-01')).toBe('intermediate')
    expect(ageOn(closedOn, '2027-12-31')).toBe('intermediate')
    expect(ageOn(closedOn, '2028-01-01')).toBe('over')
  }
  // No years at all: still to the end of its own.
  const none = aClass({ active: 0, semiActive: 0 })
  expect(ageOf([{ closedOn: '2024-02-29', class: none }], '2024-12-31')).toBe('current')
  expect(ageOf([{ closedOn: '2024-02-29', class: none }], '2025-01-01')).toBe('over')
})

test('a letter grows no younger, and is over for at least as many whole years as its class says', () => {
  fc.assert(
    fc.property(letter, isoDay, isoDay, (one, early, later) => {
      const [before, after] = early <= later ? [early, later] : [later, early]
      expect(ages.indexOf(ageOf([one], before))).toBeLessThanOrEqual(ages.indexOf(ageOf([one], after)))
      if (ageOf([one], after) !== 'over') return
      const { closedOn = '', class: its } = one
      const whole = Number(after.slice(0, 4)) - Number(closedOn.slice(0, 4)) - 1
      expect(whole).toBeGreaterThanOrEqual((its?.active ?? 0) + (its?.semiActive ?? 0))
    }),
  )
})

test('a file is as young as its youngest letter, and kept where one of them is', () => {
  fc.assert(
    fc.property(fc.array(letter, { minLength: 1, maxLength: 5 }), isoDay, (file, today) => {
      const each = file.map((one) => ages.indexOf(ageOf([one], today)))
      expect(ages.indexOf(ageOf(file, today))).toBe(Math.min(...each))
      if (file.some((one) => one.closedOn === undefined)) expect(ageOf(file, today)).toBe('open')
      const known = file.flatMap((one) => (one.class === undefined ? [] : [fates.indexOf(one.class.fate)]))
      // Nobody said what becomes of it: it is kept.
      expect(fates.indexOf(fateOf(file))).toBe(known.length === 0 ? 0 : Math.min(...known))
    }),
  )
})

test('the plan that comes along has a class for each usual kind, and an own class goes before that of the kind', () => {
  expect(classPlan.safeParse(usualPlan).success).toBe(true)
  for (const { code } of usualMail.kinds) expect(classOf(usualPlan, { kind: code }), code).toBeDefined()
  expect(classOf(usualPlan, { kind: 'letter', given: 'A2' })?.code).toBe('A2')
  expect(classOf(usualPlan, { kind: 'letter', given: 'gone' })?.code).toBe('B1')
  expect(classOf(usualPlan, { kind: 'of this office' })).toBeUndefined()
  const [first] = usualPlan
  expect(classPlan.safeParse([first, first]).success).toBe(false)
})
