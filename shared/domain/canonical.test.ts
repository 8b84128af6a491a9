import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, type Json } from './canonical.ts'

const json = fc.jsonValue() as fc.Arbitrary<Json>

/** The same value with its keys in another order. */
const shuffled = (value: Json): Json => {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(shuffled)
  return Object.fromEntries(
    Object.entries(value as Record<string, Json>)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  )
}

test('the order of keys does not change the form', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value))
    }),
  )
})

test('the form reads back as the value', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('keys sort by code unit, absent members are left out, and no number is invented', () => {
  expect(canonicalJson({ b: 1, a: [true, null], ä: undefined, A: 'é' })).toBe('{"A":"é","a":[true,null],"b":1}')
  expect(() => canonicalJson(Number.NaN)).toThrow(RangeError)
})
