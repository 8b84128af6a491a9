import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deepestJson, readJson } from './readJson.ts'

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

test('what is JSON is read', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 20 }), (value) => {
      expect(readJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('what is none, and what nests without end, is not', () => {
  for (const text of ['', '{', 'undefined', '\ufeff{}', nested(deepestJson + 1), nested(1_000_000)])
    expect(readJson(text)).toBeUndefined()
  expect(readJson(nested(deepestJson))).toBeDefined()
})
