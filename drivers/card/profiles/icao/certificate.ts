import { AsnConvert } from '@peculiar/asn1-schema'
import {
  BasicConstraints,
  Certificate,
  KeyUsage,
  KeyUsageFlags,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
} from '@peculiar/asn1-x509'
import { readTlvs } from './ber.ts'
import { isSameName } from './names.ts'
import { isSignedBy } from './signature.ts'
import { readTime } from './times.ts'

/**
 * An X.509 certificate with its own bytes: what was signed must be hashed as it came, not as it would be written again.
 */
export interface ParsedCertificate {
  readonly certificate: Certificate
  readonly der: Uint8Array
  readonly tbs: Uint8Array
  /** Names in DER, as they came. */
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly validFrom: Date
  readonly validUntil: Date
}

// Extensions and keys are bytes until somebody asks for them: a quarter of the time that a list of hundreds takes.
const asItIs = { berOptions: { parseEmbedded: false } }

/** Parses a DER certificate; undefined when it is none, or when its dates cannot be read. */
export function parseCertificate(der: Uint8Array): ParsedCertificate | undefined {
  const outer = readTlvs(der)?.[0]
  const tbs = outer === undefined ? undefined : readTlvs(outer.value)?.[0]
  // Version (absent in the first one), serial number, algorithm, issuer, validity, subject (RFC 5280 §4.1).
  const fields = tbs === undefined ? undefined : readTlvs(tbs.value)
  const [issuer, validity, subject] = fields?.slice(fields[0]?.tag === 0xa0 ? 3 : 2) ?? []
  if (tbs === undefined || issuer === undefined || validity === undefined || subject === undefined) return undefined
  // Read here: the parser makes a wrong date of one without seconds.
  const [validFrom, validUntil] = (readTlvs(validity.value) ?? []).map(readTime)
  if (validFrom === undefined || validUntil === undefined) return undefined
  try {
    return {
      certificate: AsnConvert.parse(der, Certificate, asItIs),
      der,
      tbs: tbs.bytes,
      issuer: issuer.bytes,
      subject: subject.bytes,
      validFrom,
      validUntil,
    }
  } catch {
    return undefined
  }
}

const extensionOf = ({ certificate }: ParsedCertificate, type: string): Uint8Array | undefined => {
  const value = certificate.tbsCertificate.extensions?.find((one) => one.extnID === type)?.extnValue.buffer
  return value === undefined ? undefined : new Uint8Array(value)
}

/** The subject key identifier, where there is one (RFC 5280 §4.2.1.2: an OCTET STRING). */
export function subjectKeyId(certificate: ParsedCertificate): Buffer | undefined {
  const id = readTlvs(extensionOf(certificate, id_ce_subjectKeyIdentifier) ?? new Uint8Array(0))?.[0]
  return id?.tag === 0x04 ? Buffer.from(id.value) : undefined
}

/**
 * Whether `issuer` signed `subject`: by name or key identifier (country signers change their names' spelling), and by
 * signature.
 */
export function isIssuedBy(subject: ParsedCertificate, issuer: ParsedCertificate): boolean {
  if (!isSameName(subject.issuer, issuer.subject) && !keyIdMatches(subject, issuer)) return false
  return isSignedBy({
    key: issuer.certificate.tbsCertificate.subjectPublicKeyInfo,
    algorithm: subject.certificate.signatureAlgorithm,
    data: subject.tbs,
    signature: new Uint8Array(subject.certificate.signatureValue),
  })
}

/**
 * The identifier of the key that it was signed with, where it says so (RFC 5280 §4.2.1.1: a SEQUENCE with it under
 * [0]).
 */
export function authorityKeyId(certificate: ParsedCertificate): Buffer | undefined {
  const sequence = readTlvs(extensionOf(certificate, id_ce_authorityKeyIdentifier) ?? new Uint8Array(0))?.[0]
  const id = sequence?.tag === 0x30 ? readTlvs(sequence.value)?.find(({ tag }) => tag === 0x80) : undefined
  return id === undefined ? undefined : Buffer.from(id.value)
}

/** Whether `subject` says that the key of `issuer` signed it. */
export function keyIdMatches(subject: ParsedCertificate, issuer: ParsedCertificate): boolean {
  const wanted = authorityKeyId(subject)
  return wanted !== undefined && subjectKeyId(issuer)?.equals(wanted) === true
}

/**
 * Whether it may sign certificates: key usage says so, or basic constraints where there is no key usage (RFC 5280
 * §4.2.1.3 and §4.2.1.9).
 * Basic constraints alone do not decide: master lists of states hold country signers in which they are wrong or
 * missing.
 */
export function isAuthority(certificate: ParsedCertificate): boolean {
  const [constraints, usage] = [
    extensionOf(certificate, id_ce_basicConstraints),
    extensionOf(certificate, id_ce_keyUsage),
  ]
  try {
    return usage === undefined
      ? constraints !== undefined && AsnConvert.parse(constraints, BasicConstraints).cA
      : (AsnConvert.parse(usage, KeyUsage).toNumber() & KeyUsageFlags.keyCertSign) !== 0
  } catch {
    return false
  }
}

/** Whether a certificate was valid at an instant. */
export const wasValidAt = ({ validFrom, validUntil }: ParsedCertificate, instant: Date): boolean =>
  validFrom <= instant && instant <= validUntil
