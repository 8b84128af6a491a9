import { type CertificateSet, ContentInfo, SignedData, SigningTime, id_signedData, type SignerInfo } from '@peculiar/asn1-cms'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import type { ChainVerdict, Verdict } from '#shared/domain/identity.ts'
import { oidText, readTlvs } from './ber.ts'
import { isIssuedBy, parseCertificate, subjectKeyId, wasValidAt, type ParsedCertificate } from './certificate.ts'
import { digest, hashNamed, isSignedBy, type Hash } from './signature.ts'

/** The hashes of the data groups, as the issuer signed them (EF.SOD, Doc 9303-10 §4.6.2). */
export interface SecurityObject {
  readonly hash: Hash
  readonly hashes: ReadonlyMap<number, Uint8Array>
  /** The signature over the hashes, with the signer's certificate that the document carries. */
  readonly signature: Verdict
  readonly signer: ParsedCertificate | undefined
  /** When it was signed, where the object says so: a signer is judged at that time, not today. */
  readonly signedAt: Date | undefined
}

// id-icao-mrtd-security-ldsSecurityObject (Doc 9303-10 §4.6.2.2); CMS attributes of RFC 5652 §11.
const ldsSecurityObject = '2.23.136.1.1.1'
const contentType = '1.2.840.113549.1.9.3'
const messageDigest = '1.2.840.113549.1.9.4'
const signingTime = '1.2.840.113549.1.9.5'

/** Parses EF.SOD and checks its signature; undefined when the file is not one. Total on any bytes. */
export function parseSecurityObject(file: Uint8Array): SecurityObject | undefined {
  const outer = readTlvs(file)?.[0]
  if (outer?.tag !== 0x77) return undefined
  try {
    const info = AsnConvert.parse(outer.value, ContentInfo)
    if (info.contentType !== id_signedData) return undefined
    const signed = AsnConvert.parse(info.content, SignedData)
    const encapsulated = signed.encapContentInfo
    const content = encapsulated.eContent?.single?.buffer
    if (encapsulated.eContentType !== ldsSecurityObject || content === undefined) return undefined
    const listed = listedHashes(new Uint8Array(content))
    const [signerInfo] = signed.signerInfos
    if (listed === undefined || signerInfo === undefined) return undefined
    const signer = signerOf(signerInfo, signed.certificates)
    return { ...listed, signer, signature: verdictOf(signerInfo, signer, new Uint8Array(content), signedAttributes(new Uint8Array(info.content))), signedAt: timeOf(signerInfo) }
  } catch {
    return undefined
  }
}

/** LDSSecurityObject: version, hash algorithm, then (group number, hash) pairs. */
function listedHashes(content: Uint8Array): Pick<SecurityObject, 'hash' | 'hashes'> | undefined {
  const [, algorithm, list] = readTlvs(readTlvs(content)?.[0]?.value ?? content) ?? []
  const oid = algorithm === undefined ? undefined : readTlvs(algorithm.value)?.[0]
  const hash = oid?.tag === 0x06 ? hashNamed(oidText(oid.value) ?? '') : undefined
  const entries = list?.tag === 0x30 ? readTlvs(list.value) : undefined
  if (hash === undefined || entries === undefined) return undefined
  const hashes = new Map<number, Uint8Array>()
  for (const entry of entries) {
    const [number, value] = readTlvs(entry.value) ?? []
    if (number?.tag !== 0x02 || number.value.length !== 1 || value?.tag !== 0x04) return undefined
    hashes.set(number.value[0] ?? 0, value.value)
  }
  return { hash, hashes }
}

function signerOf(info: SignerInfo, certificates: CertificateSet | undefined): ParsedCertificate | undefined {
  const held = (certificates ?? []).flatMap((choice) => (choice.certificate === undefined ? [] : (parseCertificate(new Uint8Array(AsnConvert.serialize(choice.certificate))) ?? [])))
  const { issuerAndSerialNumber: named, subjectKeyIdentifier: keyId } = info.sid
  return held.find((one) => {
    if (keyId !== undefined) return subjectKeyId(one)?.equals(Buffer.from(keyId.buffer)) ?? false
    if (named === undefined) return false
    const sameName = Buffer.from(AsnConvert.serialize(one.certificate.tbsCertificate.issuer)).equals(Buffer.from(AsnConvert.serialize(named.issuer)))
    return sameName && Buffer.from(one.certificate.tbsCertificate.serialNumber).equals(Buffer.from(named.serialNumber))
  })
}

const attribute = (info: SignerInfo, type: string): ArrayBuffer | undefined => info.signedAttrs?.find((one) => one.attrType === type)?.attrValues[0]

/** The bytes of the first signer's attributes as they came, [0] IMPLICIT: written again they might differ from what was signed. */
function signedAttributes(signedData: Uint8Array): Uint8Array | undefined {
  const signers = readTlvs(readTlvs(signedData)?.[0]?.value ?? signedData)?.at(-1)
  const first = signers?.tag === 0x31 ? readTlvs(signers.value)?.[0] : undefined
  return first === undefined ? undefined : readTlvs(first.value)?.find((one) => one.tag === 0xa0)?.bytes
}

function verdictOf(info: SignerInfo, signer: ParsedCertificate | undefined, content: Uint8Array, raw: Uint8Array | undefined): Verdict {
  if (signer === undefined) return 'notChecked'
  const hash = hashNamed(info.digestAlgorithm.algorithm)
  const signedDigest = attribute(info, messageDigest)
  const signedType = attribute(info, contentType)
  if (hash === undefined || raw === undefined || signedDigest === undefined || signedType === undefined) return 'invalid'
  const typed = oidText(readTlvs(new Uint8Array(signedType))?.[0]?.value ?? new Uint8Array(0)) === ldsSecurityObject
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
  return value === undefined ? undefined : AsnConvert.parse(value, SigningTime).getTime()
}

/** Whether a data group is what the issuer signed: the hash of the whole file, tag and length included. */
export function dataGroupVerdict(object: SecurityObject, number: number, file: Uint8Array): Verdict {
  const expected = object.hashes.get(number)
  if (expected === undefined) return 'notChecked'
  return Buffer.from(expected).equals(digest(object.hash, file)) ? 'valid' : 'invalid'
}

/**
 * Whether the signer stands under a country signer that the office trusts. Without one the truth is "signature valid, issuer not
 * trusted", so an untrusted chain says nothing of the signature.
 */
export function chainVerdict(object: SecurityObject, countrySigners: readonly ParsedCertificate[], now: Date): ChainVerdict {
  if (object.signer === undefined) return 'notChecked'
  const at = object.signedAt ?? (wasValidAt(object.signer, now) ? now : object.signer.certificate.tbsCertificate.validity.notBefore.getTime())
  const signer = object.signer
  return wasValidAt(signer, at) && countrySigners.some((root) => isIssuedBy(signer, root)) ? 'trusted' : 'untrusted'
}
