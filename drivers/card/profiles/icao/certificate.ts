import { AsnConvert } from '@peculiar/asn1-schema'
import {
  AuthorityKeyIdentifier, BasicConstraints, Certificate, KeyUsage, KeyUsageFlags, SubjectKeyIdentifier, id_ce_authorityKeyIdentifier, id_ce_basicConstraints, id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
} from '@peculiar/asn1-x509'
import { readTlvs } from './ber.ts'
import { isSignedBy } from './signature.ts'

/** An X.509 certificate with its own bytes: what was signed must be hashed as it came, not as it would be written again. */
export interface ParsedCertificate {
  readonly certificate: Certificate
  readonly der: Uint8Array
  readonly tbs: Uint8Array
  /** Names in DER, as they came. */
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
}

/** Parses a DER certificate; undefined when it is none. */
export function parseCertificate(der: Uint8Array): ParsedCertificate | undefined {
  const outer = readTlvs(der)?.[0]
  const tbs = outer === undefined ? undefined : readTlvs(outer.value)?.[0]
  // Version (absent in the first one), serial number, algorithm, issuer, validity, subject (RFC 5280 §4.1).
  const fields = tbs === undefined ? undefined : readTlvs(tbs.value)
  const [issuer, , subject] = fields?.slice(fields[0]?.tag === 0xa0 ? 3 : 2) ?? []
  if (tbs === undefined || issuer === undefined || subject === undefined) return undefined
  try {
    return { certificate: AsnConvert.parse(der, Certificate), der, tbs: tbs.bytes, issuer: issuer.bytes, subject: subject.bytes }
  } catch {
    return undefined
  }
}

/** The subject key identifier, where there is one. */
export function subjectKeyId({ certificate }: ParsedCertificate): Buffer | undefined {
  const extension = certificate.tbsCertificate.extensions?.find((one) => one.extnID === id_ce_subjectKeyIdentifier)
  return extension === undefined ? undefined : Buffer.from(AsnConvert.parse(extension.extnValue, SubjectKeyIdentifier).buffer)
}

/** Whether `issuer` signed `subject`: by name or key identifier (country signers change their names' spelling), and by signature. */
export function isIssuedBy(subject: ParsedCertificate, issuer: ParsedCertificate): boolean {
  if (Buffer.compare(subject.issuer, issuer.subject) !== 0 && !keyIdMatches(subject, issuer)) return false
  return isSignedBy({
    key: issuer.certificate.tbsCertificate.subjectPublicKeyInfo,
    algorithm: subject.certificate.signatureAlgorithm,
    data: subject.tbs,
    signature: new Uint8Array(subject.certificate.signatureValue),
  })
}

/** The identifier of the key that it was signed with, where it says so. */
export function authorityKeyId({ certificate }: ParsedCertificate): Buffer | undefined {
  const extension = certificate.tbsCertificate.extensions?.find((one) => one.extnID === id_ce_authorityKeyIdentifier)
  const id = extension === undefined ? undefined : AsnConvert.parse(extension.extnValue, AuthorityKeyIdentifier).keyIdentifier
  return id === undefined ? undefined : Buffer.from(id.buffer)
}

function keyIdMatches(subject: ParsedCertificate, issuer: ParsedCertificate): boolean {
  const wanted = authorityKeyId(subject)
  return wanted !== undefined && subjectKeyId(issuer)?.equals(wanted) === true
}

/**
 * Whether it may sign certificates: key usage says so, or basic constraints where there is no key usage (RFC 5280 §4.2.1.3 and §4.2.1.9).
 * Basic constraints alone do not decide: master lists of states hold country signers in which they are wrong or missing.
 */
export function isAuthority({ certificate }: ParsedCertificate): boolean {
  const value = (type: string): ArrayBuffer | undefined => certificate.tbsCertificate.extensions?.find((one) => one.extnID === type)?.extnValue.buffer
  const [constraints, usage] = [value(id_ce_basicConstraints), value(id_ce_keyUsage)]
  try {
    return usage === undefined ? constraints !== undefined && AsnConvert.parse(constraints, BasicConstraints).cA
      : (AsnConvert.parse(usage, KeyUsage).toNumber() & KeyUsageFlags.keyCertSign) !== 0
  } catch {
    return false
  }
}

/** Whether a certificate was valid at an instant. */
export function wasValidAt({ certificate }: ParsedCertificate, instant: Date): boolean {
  const { notBefore, notAfter } = certificate.tbsCertificate.validity
  return notBefore.getTime() <= instant && instant <= notAfter.getTime()
}
