import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { counterId } from '#shared/ids.ts'
import { counterKeyOf, keyId, parseCounterKeys, serialiseCounterKeys } from './keys.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = counterKeyOf(privateKey, counterId.parse('RAB03-G2'), '2026-01-01T00:00:00Z')

test('a list comes back, and holds nothing private', () => {
  expect(parseCounterKeys(serialiseCounterKeys([key]))).toEqual({ ok: true, value: [key] })
  expect(Object.keys(key.jwk).sort()).toEqual(['crv', 'kty', 'x', 'y'])
  expect(counterKeyOf(publicKey, key.counter, key.validFrom)).toEqual(key)
})

test('the name of a key is the head of its RFC 7638 thumbprint', () => {
  // The point of RFC 7517 appendix A.1; its thumbprint computed with another tool.
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
    y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
  } as const
  expect(keyId(jwk)).toBe('727f88fd634c0a57')
})

test.each([
  ['no JSON', '{'],
  ['another version', '{"version":2,"keys":[]}'],
  ['a private member', serialiseCounterKeys([key]).replace('"kty"', '"d": "x", "kty"')],
  ['a key under another name', serialiseCounterKeys([key]).replace(key.kid, '0123456789abcdef')],
])('%s is refused', (_what, text) => {
  expect(parseCounterKeys(text)).toMatchObject({ ok: false, fault: { code: 'file.unreadable' } })
})

test('no text makes the parser throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseCounterKeys(text).ok).toBe(false)
    }),
  )
})
