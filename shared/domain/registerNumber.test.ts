import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { counterId, registerLetters, registerNumber, type RegisterName } from '../ids.ts'
import { counterOfNumber, formatRegisterNumber, parseRegisterNumber } from './registerNumber.ts'
import { classifyScan } from './scan/classify.ts'
import { parseLabel } from './scan/labels.ts'

const now = new Date('2026-11-21T09:00:00Z')
const registers = Object.keys(registerLetters) as RegisterName[]
const letters = (min: number, max: number) =>
  fc
    .array(fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'), { minLength: min, maxLength: max })
    .map((all) => all.join(''))
const digits = (min: number, max: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength: min, maxLength: max }).map((all) => all.join(''))
const parts = fc.record({
  year: fc.integer({ min: 1000, max: 9999 }),
  office: fc.tuple(letters(2, 6), digits(0, 4)).map(([name, number]) => name + number),
  counter: fc.tuple(letters(1, 1), digits(1, 3)).map(([name, number]) => name + number),
  register: fc.constantFrom(...registers),
  rank: fc.oneof(fc.integer({ min: 1, max: 1_200_000 }), fc.integer({ min: 1, max: 999_999_999_999 })),
  series: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 999 })),
})
const written = ({
  year,
  office,
  counter,
  rank,
  register,
  series,
}: typeof parts extends fc.Arbitrary<infer P> ? P : never) =>
  formatRegisterNumber(year, counterId.parse(`${office}-${counter}`), rank, { register, series })

describe('the number of a register', () => {
  test.each([
    ['2026/RAB03-G2/000001', { register: 'requests', rank: 1, office: 'RAB03', counter: 'G2', series: 1 }],
    ['2026/RAB03-M1/A-000123', { register: 'arrivals', rank: 123, counter: 'M1' }],
    ['2026/RAB03-M1/D-000123', { register: 'departures', rank: 123 }],
    ['2026/RAB03-M1/I-000123', { register: 'internal', rank: 123 }],
    ['2026/RAB03-C1/P-000123', { register: 'payments', rank: 123 }],
    ['2026/RAB03-G2/000042-S2', { register: 'requests', rank: 42, series: 2 }],
    ['2026/RAB03-G2/1234567', { register: 'requests', rank: 1_234_567 }],
  ])('%s names its register', (text, said) => {
    expect(parseRegisterNumber(text)).toMatchObject({ year: 2026, ...said })
  })

  test('what is written is read again whole, and no two places have one number', () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const text = written(one)
        expect(registerNumber.safeParse(text).success).toBe(true)
        expect(parseRegisterNumber(text)).toEqual(one)
        expect(counterOfNumber(one)).toBe(`${one.office}-${one.counter}`)
        expect(text === written(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
      }),
    )
  })

  test('whatever is read is written back to the same text: one number has one form', () => {
    const nearly = fc
      .tuple(parts.map(written), fc.nat(30), fc.constantFrom('', '0', 'A', '-', 'S', '/', 'X', '2', '\n'))
      .map(([text, at, letter]) => text.slice(0, at) + letter + text.slice(at + 1))
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string()), (text) => {
        const read = parseRegisterNumber(text)
        expect(read !== undefined).toBe(registerNumber.safeParse(text).success)
        if (read !== undefined) expect(written(read)).toBe(text)
      }),
    )
  })

  test.each([
    '2026/RAB03-G2/0',
    '2026/RAB03-G2/0000001',
    '2026/RAB03-G2/000001-S1',
    '2026/RAB03-G2/000001-S02',
    '2026/RAB03-G2/B-000001',
    '2026/RAB03-G2/A000001',
    '2026/RAB03-G2/a-000001',
    '2026/RAB03-G2/A-A-000001',
    '26/RAB03-G2/000001',
    '0026/RAB03-G2/000001',
  ])('%s is none', (text) => {
    expect(parseRegisterNumber(text)).toBeUndefined()
  })
})

test('a number that is scanned, bare or on a label, says what it is of', () => {
  const mail: Partial<Record<RegisterName, string>> = {
    arrivals: 'arrival',
    departures: 'departure',
    internal: 'internal',
  }
  fc.assert(
    fc.property(parts, (one) => {
      const number = written(one)
      const direction = mail[one.register]
      const label = direction === undefined ? undefined : { kind: 'mail', direction, number }
      expect(parseLabel(`GM1:${number}`)).toEqual(label)
      expect(classifyScan(number, now)).toEqual(label ?? { kind: 'registerNumber', register: one.register, number })
      // A label of before: the letter stands in front, and the number has none.
      for (const [letter, of] of [
        ['A', 'arrival'],
        ['D', 'departure'],
      ] as const)
        expect(parseLabel(`GM1:${letter}/${number}`)).toEqual(
          one.register === 'requests' ? { kind: 'mail', direction: of, number } : undefined,
        )
    }),
  )
})
