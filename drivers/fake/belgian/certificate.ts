import { sign, type KeyObject } from 'node:crypto'
import { bitString, der, integer, nothing, octets, oid, printable, sequence, utcTime, utf8, yes } from './der.ts'

/** A distinguished name: country, common name, and for a citizen the national number as serialNumber. */
export interface Name {
  readonly commonName: string
  readonly serialNumber?: string
  /** Two letters; Belgium when absent. */
  readonly country?: string
}

export interface CertificateFacts {
  readonly subject: Name
  readonly issuer: Name
  readonly serial: Uint8Array
  readonly from: Date
  readonly until: Date
  readonly publicKey: KeyObject
  /** May sign certificates. */
  readonly authority: boolean
}

const attribute = (type: string, value: Uint8Array): Uint8Array => der(0x31, sequence(oid(type), value))

const nameOf = ({ commonName, serialNumber, country = 'BE' }: Name): Uint8Array =>
  sequence(
    attribute('2.5.4.6', printable(country)),
    attribute('2.5.4.3', utf8(commonName)),
    ...(serialNumber === undefined ? [] : [attribute('2.5.4.5', printable(serialNumber))]),
  )

const extension = (type: string, value: Uint8Array): Uint8Array => sequence(oid(type), yes, octets(value))

/** Key usage (RFC 5280 §4.2.1.3): keyCertSign and cRLSign for an authority, digitalSignature otherwise. */
const keyUsage = (authority: boolean): Uint8Array =>
  authority ? bitString(Uint8Array.of(0x06), 1) : bitString(Uint8Array.of(0x80), 7)

/**
 * Writes and signs an X.509 v3 certificate (RFC 5280): SHA-256 with an RSA key, SHA-384 with an elliptic one. Returns
 * DER.
 */
export function writeCertificate(facts: CertificateFacts, signer: KeyObject): Uint8Array {
  const rsa = signer.asymmetricKeyType === 'rsa'
  const algorithm = rsa ? sequence(oid('1.2.840.113549.1.1.11'), nothing) : sequence(oid('1.2.840.10045.4.3.3'))
  const body = sequence(
    der(0xa0, integer(Uint8Array.of(2))),
    integer(facts.serial),
    algorithm,
    nameOf(facts.issuer),
    sequence(utcTime(facts.from), utcTime(facts.until)),
    nameOf(facts.subject),
    facts.publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        extension('2.5.29.19', facts.authority ? sequence(yes) : sequence()),
        extension('2.5.29.15', keyUsage(facts.authority)),
      ),
    ),
  )
  return sequence(body, algorithm, bitString(sign(rsa ? 'sha256' : 'sha384', body, signer)))
}
