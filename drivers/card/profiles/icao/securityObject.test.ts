import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildSecurityObject, schemes } from '#tests/builders/securityObject.ts'
import { oidText } from './ber.ts'
import { parseCertificate } from './certificate.ts'
import { dataGroupVerdict, parseSecurityObject } from './securityObject.ts'
import { chainVerdict } from './signedContent.ts'

const groups = new Map([
  [1, Uint8Array.of(0x61, 0x02, 1, 2)],
  [2, Uint8Array.of(0x75, 0x02, 3, 4)],
  [14, Uint8Array.of(0x6e, 0x01, 5)],
])
const now = new Date(Date.now() + 60_000)
const parsed = (der: Uint8Array) => parseCertificate(der) ?? expect.fail('no certificate')
const stranger = parsed(buildSecurityObject(groups, schemes['P-256']).countrySigner)

describe.each(Object.entries(schemes))('a document signed with %s', (_name, scheme) => {
  const { file, countrySigner } = buildSecurityObject(groups, scheme)
  const object = parseSecurityObject(file) ?? expect.fail('not read')

  test('its signature is valid, and its issuer is trusted only under its own country signer', () => {
    expect(object.signature).toBe('valid')
    expect(chainVerdict(object, [stranger, parsed(countrySigner)], now)).toBe('trusted')
    expect(chainVerdict(object, [stranger], now)).toBe('untrusted')
    expect(chainVerdict(object, [], now)).toBe('untrusted')
  })

  test('each data group stands or falls alone', () => {
    expect(object.hashes.size).toBe(3)
    expect(
      [1, 2, 14].map((number) => dataGroupVerdict(object, number, groups.get(number) ?? new Uint8Array())),
    ).toEqual(['valid', 'valid', 'valid'])
    expect(dataGroupVerdict(object, 2, Uint8Array.of(0x75, 0x02, 3, 5))).toBe('invalid')
    expect(dataGroupVerdict(object, 11, Uint8Array.of(0x6b, 0x00))).toBe('notChecked')
  })

  test('a changed hash list, signature or signer is never valid', () => {
    for (let at = 20; at < file.length; at += Math.ceil(file.length / 40)) {
      const changed = Uint8Array.from(file)
      changed[at] = (changed[at] ?? 0) ^ 0x01
      const read = parseSecurityObject(changed)
      const whole =
        read !== undefined &&
        read.signature === 'valid' &&
        chainVerdict(read, [parsed(countrySigner)], now) === 'trusted' &&
        [1, 2, 14].every((number) => dataGroupVerdict(read, number, groups.get(number) ?? new Uint8Array()) === 'valid')
      // A bit outside what is signed (the algorithm's optional NULL, say) may flip without harm, but then nothing
      // signed has changed.
      if (whole)
        expect([...read.hashes.values()].map((hash) => Buffer.from(hash).toString('hex'))).toEqual(
          [...object.hashes.values()].map((hash) => Buffer.from(hash).toString('hex')),
        )
    }
  })

  test('a signer that was not valid when it signed is not trusted', () => {
    const { signer } = object
    const before = new Date((signer?.validFrom ?? new Date()).getTime() - 86_400_000)
    expect(chainVerdict({ ...object, signedAt: before }, [parsed(countrySigner)], now)).toBe('untrusted')
  })
})

test('any bytes are either an object or none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (junk) => {
      expect(parseSecurityObject(Uint8Array.of(0x77, junk.length, ...junk))).toBeUndefined()
    }),
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (junk) => {
      expect(parseCertificate(junk)).toBeUndefined()
    }),
  )
})

test('object identifiers', () => {
  expect(oidText(Uint8Array.of(0x67, 0x81, 0x08, 0x01, 0x01, 0x01))).toBe('2.23.136.1.1.1')
  expect(oidText(Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d))).toBe('1.2.840.113549')
  expect(oidText(Uint8Array.of(0x2a, 0x86))).toBeUndefined()
})
