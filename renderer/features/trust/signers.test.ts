import { expect, it } from 'vitest'
import { sha256Hex } from '#shared/ids.ts'
import { nameOf, shortPrint, tally } from './signers.ts'

it.each([
  ['C=UT, O=Gov, CN=CSCA Utopia', 'CSCA Utopia'],
  ['CN=CSCA, Utopia, OU=x, C=UT', 'CSCA, Utopia'],
  ['C=UT, O=Gov', 'C=UT, O=Gov'],
  ['CN=A=B, 1.2.840.113549.1.9.1=x@y', 'A=B'],
])('the name of %s is %s', (subject, name) => {
  expect(nameOf({ subject })).toBe(name)
})

it('a fingerprint is shortened for the table', () => {
  expect(shortPrint('0123456789abcdef'.repeat(4))).toBe('0123 4567 89ab')
})

it('countries are counted once, certificates by how they stand', () => {
  const signer = (country: string, validUntil: string) => ({
    country,
    validUntil,
    validFrom: '2020-01-01T00:00:00.000Z',
    subject: '',
    fingerprint: sha256Hex.parse('0'.repeat(64)),
  })
  const now = new Date('2026-11-21T10:00:00Z')
  expect(
    tally(
      [
        signer('UT', '2030-01-01T00:00:00.000Z'),
        signer('UT', '2026-11-21T09:59:59.000Z'),
        signer('ZZ', '2027-02-19T09:00:00.000Z'),
        signer('ZZ', '2027-02-20T10:00:00.000Z'),
      ],
      now,
    ),
  ).toEqual({ countries: 2, certificates: 4, soon: 1, expired: 1 })
})
