import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeLetters, fingerprintOf, groupsOf, lettersOf, plainCode } from './enrolment.ts'

test('a code is the same however it is typed', () => {
  for (const typed of ['K7F2-9MQX-10BA', 'k7f2 9mqx loba', ' K7F29MQXIOBA\n'])
    expect(plainCode(typed)).toBe('K7F29MQX10BA')
})

test('letters hold five bits each, and other bytes give other letters', () => {
  expect(lettersOf(Uint8Array.of(0, 0, 0, 0, 0))).toBe('00000000')
  expect(lettersOf(Uint8Array.of(255, 255, 255, 255, 255))).toBe('ZZZZZZZZ')
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 5, maxLength: 20 }),
      fc.uint8Array({ minLength: 5, maxLength: 20 }),
      (one, other) => {
        const whole = (bytes: Uint8Array) => bytes.subarray(0, bytes.length - (bytes.length % 5))
        expect(lettersOf(whole(one)) === lettersOf(whole(other))).toBe(Buffer.from(whole(one)).equals(whole(other)))
        expect(plainCode(lettersOf(one))).toBe(lettersOf(one))
      },
    ),
  )
})

test('a fingerprint has eight groups of four, which depend on the first 160 bits of the thumbprint', () => {
  const kid = Buffer.from(Array.from({ length: 32 }, (_, at) => at * 7)).toString('base64url')
  const other = Buffer.from(Array.from({ length: 32 }, (_, at) => (at === 19 ? 1 : at * 7))).toString('base64url')
  expect(fingerprintOf(kid)).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/)
  expect(fingerprintOf(kid)).not.toBe(fingerprintOf(other))
  expect(groupsOf('A'.repeat(codeLetters))).toEqual(['AAAA', 'AAAA', 'AAAA'])
})
