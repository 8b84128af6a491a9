import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fill, piecesOf, placesOf } from './fill.ts'

const name = fc.stringMatching(/^\w{1,8}$/u)
const plain = fc.string().map((text) => text.replace(/[{}[\]]/gu, ''))

describe('fill', () => {
  it('puts values in their places, as often as they stand there', () => {
    expect(fill('{a} et {b}, puis {a}', { a: 'un', b: 2 })).toBe('un et 2, puis un')
  })

  it('never reads a value as a place or an optional part', () => {
    fc.assert(
      fc.property(plain, name, fc.string(), plain, (before, place, value, after) => {
        expect(fill(`${before}{${place}}${after}`, { [place]: value })).toBe(`${before}${value}${after}`)
      }),
    )
    expect(fill('{a}{b}', { a: '{b}', b: '$&[{a}]' })).toBe('{b}$&[{a}]')
  })

  it('leaves out a part whose values are not all known, and takes it without its brackets when they are', () => {
    expect(fill('Fermé[ à {at}[]', { at: '9 h' })).toBe('Fermé[ à 9 h[]')
    expect(fill('Fermé[ à {at} par {who}].', { at: '9 h' })).toBe('Fermé.')
    expect(fill('Fermé[ à {at} par {who}].', { at: '9 h', who: 'A' })).toBe('Fermé à 9 h par A.')
  })

  it('keeps brackets and braces that hold no place', () => {
    for (const text of ['[sic]', '{', '}', '{}', '{a b}', '[]']) expect(fill(text, {})).toBe(text)
  })

  it('tells a missing value by name, or says what the caller wants there', () => {
    expect(() => fill('{when}', {})).toThrow('no value for {when}')
    expect(() => fill('{toString}', {})).toThrow('no value for {toString}')
    expect(fill('{when}', {}, { missing: () => '…' })).toBe('…')
  })

  it('stands what is asked around every value', () => {
    expect(fill('a {x}[ b {x}]', { x: 1 }, { around: (value, place) => `<${place}=${String(value)}>` })).toBe(
      'a <x=1> b <x=1>',
    )
  })

  it('is the same from the pieces, and the pieces name every place', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            plain,
            name.map((one) => `{${one}}`),
          ),
          { maxLength: 8 },
        ),
        (parts) => {
          const text = parts.join('')
          const values = Object.fromEntries(placesOf(text).map((one) => [one, 'v']))
          expect(fill(piecesOf(text), values)).toBe(fill(text, values))
          expect(fill(text, values)).toBe(parts.map((part) => (part.startsWith('{') ? 'v' : part)).join(''))
        },
      ),
    )
  })

  it('names the places of a phrase, each as often as it stands there', () => {
    expect(placesOf('{a} {b}{a} {} { c }')).toEqual(['a', 'b', 'a'])
    expect(placesOf('a[ b {c}[ {d}]')).toEqual(['c', 'd'])
  })
})
