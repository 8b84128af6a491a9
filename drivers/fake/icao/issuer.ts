import { createHash, generateKeyPair, randomBytes, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { readTlvs, tlv } from '../../card/profiles/icao/ber.ts'
import { concat } from '../../card/profiles/icao/bytes.ts'
import { writeCertificate, type Name } from '../belgian/certificate.ts'
import { der, integer, nothing, octets, oid, sequence } from '../belgian/der.ts'

/** A training country: its signer, made afresh, which nothing outside training may trust. */
export interface Issuer {
  /** DER certificate. */
  readonly countrySigner: Uint8Array
  /** EF.SOD over data groups by their number. */
  readonly signGroups: (groups: ReadonlyMap<number, Uint8Array>) => Uint8Array
  /** EF.CardSecurity over a SET OF SecurityInfo. */
  readonly signInfos: (infos: Uint8Array) => Uint8Array
}

const generate = promisify(generateKeyPair)
const countryName: Name = { commonName: 'SPECIMEN Country Signer', country: 'UT' }
const year = (date: Date, more: number): Date => new Date(Date.UTC(date.getUTCFullYear() + more, date.getUTCMonth(), 1))

const sha384 = sequence(oid('2.16.840.1.101.3.4.2.2'), nothing)
const ecdsaWithSha384 = sequence(oid('1.2.840.10045.4.3.3'))
const ldsObject = oid('2.23.136.1.1.1')
const securityObject = oid('0.4.0.127.0.7.3.2.1')
const digest = (data: Uint8Array): Uint8Array => createHash('sha384').update(data).digest()

/** Makes a country signer and a document signer on P-384, valid from a year before `today`. */
export async function createIssuer(today: Date): Promise<Issuer> {
  const [country, document] = await Promise.all([
    generate('ec', { namedCurve: 'P-384' }),
    generate('ec', { namedCurve: 'P-384' }),
  ])
  const facts = (subject: Name, publicKey: typeof country.publicKey, authority: boolean) => ({
    subject,
    issuer: countryName,
    publicKey,
    authority,
    serial: Uint8Array.of(0x10, ...randomBytes(15)),
    from: year(today, -1),
    until: year(today, 12),
  })
  const signer = writeCertificate(
    facts({ commonName: 'SPECIMEN Document Signer', country: 'UT' }, document.publicKey, false),
    country.privateKey,
  )
  const signWith = (data: Uint8Array): Uint8Array => sign('sha384', data, document.privateKey)
  return {
    countrySigner: writeCertificate(facts(countryName, country.publicKey, true), country.privateKey),
    signGroups: (groups) => tlv(0x77, signedData(ldsObject, listOf(groups), signer, signWith)),
    signInfos: (infos) => signedData(securityObject, infos, signer, signWith),
  }
}

/** LDSSecurityObject (Doc 9303-10 §4.6.2.2). */
function listOf(groups: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const hashes = [...groups]
    .sort(([a], [b]) => a - b)
    .map(([number, file]) => sequence(integer(Uint8Array.of(number)), octets(digest(file))))
  return sequence(integer(Uint8Array.of(0)), sha384, sequence(...hashes))
}

/** CMS SignedData (RFC 5652) around content of a type. */
function signedData(
  type: Uint8Array,
  content: Uint8Array,
  signer: Uint8Array,
  signWith: (data: Uint8Array) => Uint8Array,
): Uint8Array {
  const attributes = concat(
    sequence(oid('1.2.840.113549.1.9.3'), der(0x31, type)),
    sequence(oid('1.2.840.113549.1.9.4'), der(0x31, octets(digest(content)))),
  )
  const [, serial, , issuer] = readTlvs(readTlvs(readTlvs(signer)?.[0]?.value ?? signer)?.[0]?.value ?? signer) ?? []
  const signerInfo = sequence(
    integer(Uint8Array.of(1)),
    sequence(issuer?.bytes ?? nothing, serial?.bytes ?? nothing),
    sha384,
    der(0xa0, attributes),
    ecdsaWithSha384,
    octets(signWith(der(0x31, attributes))),
  )
  return sequence(
    oid('1.2.840.113549.1.7.2'),
    der(
      0xa0,
      sequence(
        integer(Uint8Array.of(3)),
        der(0x31, sha384),
        sequence(type, der(0xa0, octets(content))),
        der(0xa0, signer),
        der(0x31, signerInfo),
      ),
    ),
  )
}
