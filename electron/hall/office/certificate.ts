import { randomBytes, sign, type KeyObject } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  Certificate,
  Name,
  RelativeDistinguishedName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509'

/** ecdsa-with-SHA256 (RFC 5758). */
const signature = (): AlgorithmIdentifier => new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' })

/**
 * A certificate that a station signs itself, in DER. Nobody believes it for its signature: it is believed because the
 * signed roster holds it. It has no end of its own: that is the roster's, and a wrong clock locks nobody out.
 */
export function selfSigned(
  name: string,
  keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
): Buffer {
  const subject = new Name([
    new RelativeDistinguishedName([
      new AttributeTypeAndValue({ type: '2.5.4.3', value: new AttributeValue({ utf8String: name }) }),
    ]),
  ])
  const serial = randomBytes(16)
  // Positive, and never with a zero in front (RFC 5280 §4.1.2.2).
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  const tbs = new TBSCertificate({
    version: Version.v3,
    serialNumber: new Uint8Array(serial).buffer,
    signature: signature(),
    issuer: subject,
    subject,
    validity: new Validity({
      notBefore: new Date('2020-01-01T00:00:00Z'),
      notAfter: new Date('9999-12-31T23:59:59Z'),
    }),
    subjectPublicKeyInfo: AsnConvert.parse(
      new Uint8Array(keys.publicKey.export({ type: 'spki', format: 'der' })),
      SubjectPublicKeyInfo,
    ),
  })
  const signed = sign('sha256', Buffer.from(AsnConvert.serialize(tbs)), keys.privateKey)
  return Buffer.from(
    AsnConvert.serialize(
      new Certificate({
        tbsCertificate: tbs,
        signatureAlgorithm: signature(),
        signatureValue: new Uint8Array(signed).buffer,
      }),
    ),
  )
}

/** DER in base64 as PEM. */
export const pemOf = (certificate: string): string =>
  `-----BEGIN CERTIFICATE-----\n${certificate.replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`
