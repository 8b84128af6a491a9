import { AsnConvert } from '@peculiar/asn1-schema'
import { AuthorityKeyIdentifier, Certificate, SubjectKeyIdentifier, id_ce_authorityKeyIdentifier, id_ce_subjectKeyIdentifier } from '@peculiar/asn1-x509'
import { readTlvs } from './ber.ts'
import { isSignedBy } from './signature.ts'

/** An X.509 certificate with its own bytes: what was signed must be hashed as it came, not as it would be written again. */
export interface ParsedCertificate {
  readonly certificate: Certificate
  readonly der: Uint8Array
  readonly tbs: Uint8Array
}

/** Parses a DER certificate; undefined when it is none. */
export function parseCertificate(der: Uint8Array): ParsedCertificate | undefined {
  const outer = readTlvs(der)?.[0]
  const tbs = outer === undefined ? undefined : readTlvs(outer.value)?.[0]?.bytes
  if (tbs === undefined) return undefined
  try {
    return { certificate: AsnConvert.parse(der, Certificate), der, tbs }
  } catch {
    return undefined
  }
}

const nameBytes = (name: Certificate['tbsCertificate']['issuer']): Buffer => Buffer.from(AsnConvert.serialize(name))

/** The subject key identifier, where there is one. */
export function subjectKeyId({ certificate }: ParsedCertificate): Buffer | undefined {
  const extension = certificate.tbsCertificate.extensions?.find((one) => one.extnID === id_ce_subjectKeyIdentifier)
  return extension === undefined ? undefined : Buffer.from(AsnConvert.parse(extension.extnValue, SubjectKeyIdentifier).buffer)
}

/** Whether `issuer` signed `subject`: by name or key identifier (country signers change their names' spelling), and by signature. */
export function isIssuedBy(subject: ParsedCertificate, issuer: ParsedCertificate): boolean {
  const named = nameBytes(subject.certificate.tbsCertificate.issuer).equals(nameBytes(issuer.certificate.tbsCertificate.subject))
  if (!named && !keyIdMatches(subject, issuer)) return false
  return isSignedBy({
    key: issuer.certificate.tbsCertificate.subjectPublicKeyInfo,
    algorithm: subject.certificate.signatureAlgorithm,
    data: subject.tbs,
    signature: new Uint8Array(subject.certificate.signatureValue),
  })
}

function keyIdMatches(subject: ParsedCertificate, issuer: ParsedCertificate): boolean {
  const extension = subject.certificate.tbsCertificate.extensions?.find((one) => one.extnID === id_ce_authorityKeyIdentifier)
  const wanted = extension === undefined ? undefined : AsnConvert.parse(extension.extnValue, AuthorityKeyIdentifier).keyIdentifier
  const own = subjectKeyId(issuer)
  return wanted !== undefined && own !== undefined && own.equals(Buffer.from(wanted.buffer))
}

/** Whether a certificate was valid at an instant. */
export function wasValidAt({ certificate }: ParsedCertificate, instant: Date): boolean {
  const { notBefore, notAfter } = certificate.tbsCertificate.validity
  return notBefore.getTime() <= instant && instant <= notAfter.getTime()
}
