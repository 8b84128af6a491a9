import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { writeCertificate, type CertificateFacts } from '#drivers/fake/belgian/certificate.ts'
import type { Sha256 } from '#shared/ids.ts'
import { buildMasterList } from '#tests/builders/masterList.ts'
import { valueOf } from '#tests/builders/register.ts'
import { parseCertificate, type ParsedCertificate } from './certificate.ts'
import { fingerprintOf } from './countrySigner.ts'
import { examineSigners } from './examineSigners.ts'

const now = new Date('2026-11-21T10:00:00Z')
const [old, next, stranger] = [0, 1, 2].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' })) as [
  KeyPair,
  KeyPair,
  KeyPair,
]
type KeyPair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
const utopia = { commonName: 'Country signer', country: 'UT' }
let serial = 0

/** A certificate of the old key under itself, as far as nothing else is said. */
const certificate = (facts: Partial<CertificateFacts> = {}, key: KeyPair = old): Uint8Array =>
  new Uint8Array(
    writeCertificate(
      {
        subject: utopia,
        issuer: utopia,
        serial: Uint8Array.of((serial += 1)),
        from: new Date('2020-01-01'),
        until: new Date('2035-01-01'),
        publicKey: old.publicKey,
        authority: true,
        ...facts,
      },
      key.privateKey,
    ),
  )
const pem = (...ders: readonly Uint8Array[]): Uint8Array =>
  Buffer.from(
    ders
      .map((der) => `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----`)
      .join('\n'),
  )
const parsed = (der: Uint8Array): ParsedCertificate => parseCertificate(der) ?? expect.fail('no certificate')
const examine = async (bytes: Uint8Array, believed: readonly Uint8Array[] = [], compared: readonly Sha256[] = []) =>
  valueOf(await examineSigners(bytes, { believed: believed.map(parsed), compared, now }))

let one: Uint8Array
beforeAll(() => {
  one = certificate()
})

test('a country signer is described as people compare it', async () => {
  expect(await examine(one)).toEqual({
    lists: [],
    known: 0,
    refused: [],
    signers: [
      {
        fingerprint: fingerprintOf({ der: one }),
        country: 'UT',
        subject: 'C=UT, CN=Country signer',
        validFrom: '2020-01-01T00:00:00.000Z',
        validUntil: '2035-01-01T00:00:00.000Z',
        der: one,
      },
    ],
  })
  expect(await examine(one, [one])).toMatchObject({ signers: [], known: 1 })
})

test.each([
  ['notAuthority', () => certificate({ authority: false })],
  ['noCountry', () => certificate({ subject: { commonName: 'x', country: '' } })],
  ['expired', () => certificate({ until: new Date('2026-11-20') })],
  ['notYetValid', () => certificate({ from: new Date('2026-11-22') })],
  ['badSignature', () => certificate({}, stranger)],
  ['noIssuer', () => certificate({ issuer: { commonName: 'Somebody', country: 'UT' } }, stranger)],
] as const)('%s is why a certificate is refused, and the others of its file are taken', async (reason, make) => {
  const bad = make()
  expect(await examine(pem(one, bad))).toMatchObject({
    signers: [{ country: 'UT' }],
    refused: [{ fingerprint: fingerprintOf({ der: bad }), reason }],
  })
})

test('a link is taken with the signer that it hangs on, in any order, or when that one is believed', async () => {
  const link = certificate({ publicKey: next.publicKey, subject: { commonName: 'Second', country: 'UT' } })
  const further = certificate(
    {
      publicKey: stranger.publicKey,
      subject: { commonName: 'Third', country: 'UT' },
      issuer: { commonName: 'Second', country: 'UT' },
    },
    next,
  )
  expect(await examine(pem(further, link, one))).toMatchObject({ signers: { length: 3 }, refused: [] })
  expect(await examine(pem(further, link), [one])).toMatchObject({ signers: { length: 2 }, refused: [] })
  expect(await examine(pem(further, link))).toMatchObject({
    signers: [],
    refused: [{ reason: 'noIssuer' }, { reason: 'noIssuer' }],
  })
})

test('a list counts by its signer: believed, compared by a person, or not at all', async () => {
  const { file, countrySigner } = buildMasterList([one])
  const above = fingerprintOf({ der: countrySigner })
  expect(await examine(file)).toMatchObject({
    lists: [{ standing: 'unknown', fingerprint: above, subject: 'C=ZZ, O=Specimen, CN=List signer', certificates: 1 }],
    signers: [],
    refused: [],
  })
  expect(await examine(file, [countrySigner])).toMatchObject({
    lists: [{ standing: 'believed' }],
    signers: [{ country: 'UT' }],
  })
  expect(await examine(file, [], [above])).toMatchObject({
    lists: [{ standing: 'compared' }],
    signers: [{ country: 'UT' }],
  })
  file[file.length - 5] = (file.at(-5) ?? 0) ^ 1
  expect(await examine(file, [countrySigner], [above])).toMatchObject({ lists: [{ standing: 'altered' }], signers: [] })
})

test('whoever signs documents for a believed country may not bring others in', async () => {
  const { file, countrySigner } = buildMasterList([one], '1.3.6.1.5.5.7.3.2')
  expect(await examine(file, [countrySigner])).toMatchObject({ lists: [{ standing: 'unknown' }], signers: [] })
})

test('what is no such file is refused', async () => {
  expect(await examineSigners(Buffer.from('hello'), { believed: [], compared: [], now })).toMatchObject({
    fault: { code: 'trust.notSigners' },
  })
})
