import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import fc from 'fast-check'
import { encode } from 'cborg'
import { describe, expect, test } from 'vitest'
import { formatRegisterNumber } from '#shared/domain/registerNumber.ts'
import { counterId } from '#shared/ids.ts'
import { aReceipt, someClaims } from '#tests/builders/receipt.ts'
import { fromBase45, toBase45 } from './base45.ts'
import { counterKeyOf } from './keys.ts'
import { sealPrefix } from '#shared/domain/scan/sealText.ts'
import { factsDigest, signSeal, verifySeal } from './seal.ts'

const counter = counterId.parse('RAB03-G2')
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = counterKeyOf(pair.privateKey, counter, '2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z')
const signer = { privateKey: pair.privateKey, kid: key.kid }
const seal = signSeal(someClaims(), signer)
const cose = fromBase45(seal.slice(sealPrefix.length)) ?? new Uint8Array()
const sealOf = (bytes: Uint8Array): string => sealPrefix + toBase45(bytes)
const code = (text: string, keys = [key]): string => {
  const result = verifySeal(text, keys)
  return result.ok ? 'ok' : result.fault.code
}
const hex = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'))

test('claims come back as they were signed', () => {
  const claims = fc.record({
    issuedAt: fc.integer({ min: 1_767_300_000, max: 1_798_500_000 }),
    number: fc.integer({ min: 1, max: 9_999_999 }).map((sequence) => formatRegisterNumber(2026, counter, sequence)),
    procedure: fc.stringMatching(/^[A-Z0-9-]{1,20}$/),
    citizen: fc.string({ maxLength: 20 }),
    pieces: fc.integer({ min: 0, max: 99 }),
    complete: fc.boolean(),
    lastDay: fc
      .date({ min: new Date('2026-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10)),
    feeCentimes: fc.integer({ min: 0, max: 100_000_000 }),
    facts: hex,
    journal: hex,
  })
  fc.assert(
    fc.property(claims, (changes) => {
      const wanted = someClaims(changes)
      expect(verifySeal(signSeal(wanted, signer), [key])).toEqual({ ok: true, value: wanted })
    }),
    { numRuns: 60 },
  )
})

test('the code holds only letters of the alphanumeric set, so that it stays small', () => {
  expect(seal).toMatch(/^GU1:[0-9A-Z $%*+./:-]+$/)
  // A QR code of version 12 at level M (ISO/IEC 18004, table 7).
  expect(seal.length).toBeLessThanOrEqual(419)
})

test('each single flipped bit is rejected', () => {
  for (let bit = 0; bit < cose.length * 8; bit += 1) {
    const altered = Uint8Array.from(cose)
    altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(code(sealOf(altered)), `bit ${String(bit)}`).not.toBe('ok')
  }
})

test('each changed letter is rejected', () => {
  for (let at = 0; at < seal.length; at += 1) {
    const other = seal[at] === 'A' ? 'B' : 'A'
    expect(code(seal.slice(0, at) + other + seal.slice(at + 1)), `letter ${String(at)}`).not.toBe('ok')
  }
})

describe('what is not signed is held to one form', () => {
  const body = cose.subarray(1)
  const protectedHeader = Uint8Array.from([0xa2, 0x01, 0x26, 0x04, 0x48, ...Buffer.from(key.kid, 'hex')])
  const payload = body.subarray(1 + 1 + protectedHeader.length + 1 + 2, body.length - 66)
  const signature = body.subarray(body.length - 64)

  test('the parts are where RFC 9052 puts them, and its Sig_structure is what is signed', () => {
    expect(Buffer.compare(encode([protectedHeader, new Map(), payload, signature]), body)).toBe(0)
    const head = [
      0x84,
      0x6a,
      ...Buffer.from('Signature1'),
      0x40 + protectedHeader.length,
      ...protectedHeader,
      0x40,
      0x58,
      payload.length,
      ...payload,
    ]
    const publicKey = createPublicKey({ key: { ...key.jwk }, format: 'jwk' })
    expect(verify('sha256', Uint8Array.from(head), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true)
  })

  test.each([
    ['no tag', body],
    ['another tag', Uint8Array.from([0xd1, ...body])],
    ['a byte behind', Uint8Array.from([...cose, 0])],
    ['five elements', Uint8Array.from([0xd2, ...encode([protectedHeader, new Map(), payload, signature, 0])])],
    [
      'an unprotected header',
      Uint8Array.from([0xd2, ...encode([protectedHeader, new Map([[4, 1]]), payload, signature])]),
    ],
    ['a longer form of a length', Uint8Array.from([0xd2, 0x98, 0x04, ...body.subarray(1)])],
    [
      'another algorithm',
      Uint8Array.from([
        0xd2,
        ...encode([
          encode(
            new Map<number, unknown>([
              [1, -8],
              [4, Buffer.from(key.kid, 'hex')],
            ]),
          ),
          new Map(),
          payload,
          signature,
        ]),
      ]),
    ],
    ['nothing', new Uint8Array()],
  ])('%s', (_what, bytes) => {
    expect(code(sealOf(Uint8Array.from(bytes)))).toBe('seal.malformed')
  })
})

test('a key is trusted only by its name, for its counter and in its time', () => {
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  expect(code(seal, [counterKeyOf(other.publicKey, counter, '2026-01-01T00:00:00Z')])).toBe('seal.unknownKey')
  expect(code(seal, [{ ...counterKeyOf(other.publicKey, counter, '2026-01-01T00:00:00Z'), kid: key.kid }])).toBe(
    'seal.badSignature',
  )
  expect(code(seal, [{ ...key, counter: counterId.parse('RAB03-G3') }])).toBe('seal.unknownKey')
  expect(code(seal, [{ ...key, validFrom: '2026-12-01T00:00:00Z' }])).toBe('seal.unknownKey')
  expect(code(seal, [{ ...key, validUntil: '2026-11-01T00:00:00Z' }])).toBe('seal.unknownKey')
})

test('no text makes the reader throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(verifySeal(text, [key]).ok).toBe(false)
    }),
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(verifySeal(sealOf(Uint8Array.from([0xd2, ...bytes])), [key]).ok).toBe(false)
    }),
  )
})

test('the digest of the facts changes with any of them', () => {
  expect(factsDigest(aReceipt())).toBe(factsDigest(aReceipt()))
  expect(factsDigest(aReceipt({ specimen: true }))).not.toBe(factsDigest(aReceipt()))
})
