import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fill, placesOf } from './fill.ts'

test('each place gets its value, every time', () => {
  expect(fill('{a} et {b}, {a}', { a: '1', b: '2' })).toBe('1 et 2, 1')
})

test('a value that looks like a place is left as it is', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      expect(fill('<{a}>', { a: value, b: 'x' })).toBe(`<${value}>`)
    }),
  )
  expect(fill('{a}', { a: '{b}', b: 'x' })).toBe('{b}')
  expect(fill('{a}', { a: '$&$1' })).toBe('$&$1')
})

test('a place without a value is an error of the program, also when its name is that of a method', () => {
  expect(() => fill('{day}', {})).toThrow(TypeError)
  expect(() => fill('{toString}', {})).toThrow(TypeError)
})

test('the places of a phrase', () => {
  expect(placesOf('{a} {b}{a} {} { c }')).toEqual(['a', 'b', 'a'])
})
