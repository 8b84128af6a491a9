import { type CertificateSet, ContentInfo, SignedData, id_signedData, type SignerInfo } from '@peculiar/asn1-cms'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import type { ChainVerdict, Verdict } from '#shared/domain/identity/identity.ts'
import { oidText, readTlvs } from './ber.ts'
import { numberOf } from './bytes.ts'
import {
  isIssuedBy,
  keyIdMatches,
  parseCertificate,
  subjectKeyId,
  wasValidAt,
  type ParsedCertificate,
} from './certificate.ts'
import { toDefinite } from './definite.ts'
import { digest, hashNamed } from './hashes.ts'
import { isSameName } from './names.ts'
import { isKnownKey, isSignedBy } from './signature.ts'
import { readTime } from './times.ts'

/** Content under the signature of an issuer (CMS SignedData, RFC 5652), as EF.SOD and EF.CardSecurity are. */
export interface SignedContent {
  readonly content: Uint8Array
  readonly signature: Verdict
  /** The signer's certificate, which the document carries. */
  readonly signer: ParsedCertificate | undefined
  /** Every certificate that travels with it. */
  readonly certificates: readonly ParsedCertificate[]
  /** When it was signed, where the object says so: a signer is judged at that time, not today. */
  readonly signedAt: Date | undefined
}

// CMS attributes of RFC 5652 §11.
const contentType = '1.2.840.113549.1.9.3'
const messageDigest = '1.2.840.113549.1.9.4'
const signingTime = '1.2.840.113549.1.9.5'

// What is signed is bytes: looked into as ASN.1 by the way, a master list has more objects than the parser bears.
const asItIs = { berOptions: { parseEmbedded: false } }

/** Parses signed content of one type and checks its signature; undefined when it is none. Total on any bytes. */
export function parseSignedContent(ber: Uint8Array, type: string): SignedContent | undefined {
  try {
    const der = toDefinite(ber)
    if (der === undefined) return undefined
    const info = AsnConvert.parse(der, ContentInfo, asItIs)
    if (info.contentType !== id_signedData) return undefined
    const signed = AsnConvert.parse(info.content, SignedData, asItIs)
    const encapsulated = signed.encapContentInfo
    const content = encapsulated.eContent?.single?.buffer
    const [signerInfo] = signed.signerInfos
    if (encapsulated.eContentType !== type || content === undefined || signerInfo === undefined) return undefined
    const certificates = certificatesOf(signed.certificates)
    const signer = signerOf(signerInfo, certificates)
    const bytes = new Uint8Array(content)
    return {
      content: (bytes[1] === 0x80 ? toDefinite(bytes) : undefined) ?? bytes,
      signer,
      certificates,
      signature: verdictOf(signerInfo, signer, bytes, { type, raw: signedAttributes(new Uint8Array(info.content)) }),
      signedAt: timeOf(signerInfo),
    }
  } catch {
    return undefined
  }
}

const certificatesOf = (held: CertificateSet | undefined): readonly ParsedCertificate[] =>
  (held ?? []).flatMap((choice) =>
    choice.certificate === undefined
      ? []
      : (parseCertificate(new Uint8Array(AsnConvert.serialize(choice.certificate))) ?? []),
  )

function signerOf(info: SignerInfo, held: readonly ParsedCertificate[]): ParsedCertificate | undefined {
  const { issuerAndSerialNumber: named, subjectKeyIdentifier: keyId } = info.sid
  return held.find((one) => {
    if (keyId !== undefined) return (subjectKeyId(one) ?? keyHash(one)).equals(Buffer.from(keyId.buffer))
    if (named === undefined) return false
    return (
      numberOf(new Uint8Array(one.certificate.tbsCertificate.serialNumber)) ===
        numberOf(new Uint8Array(named.serialNumber)) &&
      isSameName(one.issuer, new Uint8Array(AsnConvert.serialize(named.issuer)))
    )
  })
}

/** The usual identifier of a key whose certificate has none (RFC 5280 §4.2.1.2, first method). */
const keyHash = ({ certificate }: ParsedCertificate): Buffer =>
  Buffer.from(digest('sha1', new Uint8Array(certificate.tbsCertificate.subjectPublicKeyInfo.subjectPublicKey)))

const attribute = (info: SignerInfo, type: string): ArrayBuffer | undefined =>
  info.signedAttrs?.find((one) => one.attrType === type)?.attrValues[0]

/**
 * The bytes of the first signer's attributes as they came, [0] IMPLICIT: written again they might differ from what was
 * signed.
 */
function signedAttributes(signedData: Uint8Array): Uint8Array | undefined {
  const signers = readTlvs(readTlvs(signedData)?.[0]?.value ?? signedData)?.at(-1)
  const first = signers?.tag === 0x31 ? readTlvs(signers.value)?.[0] : undefined
  return first === undefined ? undefined : readTlvs(first.value)?.find((one) => one.tag === 0xa0)?.bytes
}

function verdictOf(
  info: SignerInfo,
  signer: ParsedCertificate | undefined,
  content: Uint8Array,
  { type, raw }: { readonly type: string; readonly raw: Uint8Array | undefined },
): Verdict {
  if (signer === undefined) return 'notChecked'
  const hash = hashNamed(info.digestAlgorithm.algorithm)
  const signedDigest = attribute(info, messageDigest)
  const signedType = attribute(info, contentType)
  // An algorithm that is not known here proves nothing, neither for the document nor against it.
  if (hash === undefined || !isKnownKey(signer.certificate.tbsCertificate.subjectPublicKeyInfo)) return 'notChecked'
  if (raw === undefined || signedDigest === undefined || signedType === undefined) return 'invalid'
  const typed = oidText(readTlvs(new Uint8Array(signedType))?.[0]?.value ?? new Uint8Array(0)) === type
  const digested = Buffer.from(AsnConvert.parse(signedDigest, OctetString).buffer).equals(digest(hash, content))
  // The attributes travel as [0] IMPLICIT and are signed as the SET that they are (RFC 5652 §5.4).
  const attributes = Uint8Array.from(raw)
  attributes[0] = 0x31
  const signed = isSignedBy({
    key: signer.certificate.tbsCertificate.subjectPublicKeyInfo,
    algorithm: info.signatureAlgorithm,
    digestAlgorithm: info.digestAlgorithm.algorithm,
    data: attributes,
    signature: new Uint8Array(info.signature.buffer),
  })
  return typed && digested && signed ? 'valid' : 'invalid'
}

function timeOf(info: SignerInfo): Date | undefined {
  const value = attribute(info, signingTime)
  return value === undefined ? undefined : readTime(readTlvs(new Uint8Array(value))?.[0])
}

/**
 * Whether the signer stands under a country signer that the office trusts. Without one the truth is "signature valid,
 * issuer not
 * trusted", so an untrusted chain says nothing of the signature.
 */
export function chainVerdict(
  object: Pick<SignedContent, 'signer' | 'signedAt'>,
  countrySigners: readonly ParsedCertificate[],
  now: Date,
): ChainVerdict {
  if (object.signer === undefined) return 'notChecked'
  const at = object.signedAt ?? (wasValidAt(object.signer, now) ? now : object.signer.validFrom)
  const signer = object.signer
  // A country has several keys under one name: the one that the signer says first, the others for those that say it
  // wrong.
  const isUnder = (said: boolean): boolean =>
    countrySigners.some((root) => keyIdMatches(signer, root) === said && isIssuedBy(signer, root))
  return wasValidAt(signer, at) && (isUnder(true) || isUnder(false)) ? 'trusted' : 'untrusted'
}
