import { constants, createHash, timingSafeEqual, verify, X509Certificate, type KeyObject } from 'node:crypto'
import type { ChainVerdict, Verdict } from '#shared/domain/identity/identity.ts'
import type { Extent } from '../../apdu/readFile.ts'
import { isIssuedBy, isPinned, type Trust } from '../../trust.ts'

/** The National Register's certificate and its key, which signs identity and address of every card. */
export interface RegisterKey {
  readonly certificate: X509Certificate
  readonly key: KeyObject
  readonly kind: 'rsa' | 'ec'
  /** Hash algorithms to try, in this order. */
  readonly hashes: readonly string[]
  /** The whole of a signature file, padding included. */
  readonly fileExtent: (read: Uint8Array) => Extent
  /** How much of a signature file is the signature: DER signatures are padded with zeroes to a fixed length. */
  readonly signatureExtent: (read: Uint8Array) => Extent
}

const hashOfCurve: Readonly<Record<string, string>> = { prime256v1: 'sha256', secp384r1: 'sha384', secp521r1: 'sha512' }
/** Largest DER signature of P-384: two integers of 49 bytes with their headers. */
const longestP384Signature = 104

/** The photo's hash algorithm by the length of the hash (tag 11). */
const photoAlgorithm = (length: number): 'sha1' | 'sha256' | 'sha384' | undefined =>
  length === 20 ? 'sha1' : length === 32 ? 'sha256' : length === 48 ? 'sha384' : undefined

/** A DER certificate, without its padding; undefined when it is absent or no certificate. */
export function parseCertificate(der: Uint8Array | undefined): X509Certificate | undefined {
  if (der === undefined || der.length === 0) return undefined
  try {
    return new X509Certificate(der)
  } catch {
    return undefined
  }
}

/**
 * Key and algorithm come from the register certificate, not from the applet: re-keyed cards mix RSA and elliptic keys.
 * RSA
 * cards of the SHA-1 time announce it by the length of the photo hash and may still be signed with SHA-256.
 */
export function registerKey(certificate: X509Certificate, photoHashLength: number): RegisterKey | undefined {
  const key = publicKeyOf(certificate)
  const details = key?.asymmetricKeyDetails
  if (key?.asymmetricKeyType === 'rsa') {
    const extent = (): Extent => ({ exactly: Math.ceil((details?.modulusLength ?? 2048) / 8) })
    const hashes = photoHashLength === 20 ? ['sha1', 'sha256'] : ['sha256', 'sha384']
    return { certificate, key, kind: 'rsa', hashes, fileExtent: extent, signatureExtent: extent }
  }
  const hash = hashOfCurve[details?.namedCurve ?? '']
  if (key?.asymmetricKeyType !== 'ec' || hash === undefined) return undefined
  return {
    certificate,
    key,
    kind: 'ec',
    hashes: [hash],
    fileExtent: () => undefined,
    signatureExtent: derSignatureExtent,
  }
}

const derSignatureExtent = ([, length]: Uint8Array): Extent => ({
  exactly: length === undefined ? longestP384Signature : 2 + length,
})

const publicKeyOf = (certificate: X509Certificate): KeyObject | undefined => {
  try {
    return certificate.publicKey
  } catch {
    return undefined
  }
}

/** Whether the register signed `data`, by the signature file of it; `notChecked` when a piece is missing. */
export function checkSignature(
  register: RegisterKey | undefined,
  data: Uint8Array | undefined,
  signature: Uint8Array | undefined,
): Verdict {
  if (register === undefined || data === undefined || signature === undefined || signature.length === 0)
    return 'notChecked'
  const key =
    register.kind === 'rsa'
      ? { key: register.key, padding: constants.RSA_PKCS1_PADDING }
      : { key: register.key, dsaEncoding: 'der' as const }
  const bare = register.kind === 'rsa' ? signature : signature.subarray(0, 2 + (signature[1] ?? 0))
  const signedWith = (hash: string): boolean => {
    try {
      return verify(hash, data, key, bare)
    } catch {
      return false
    }
  }
  return register.hashes.some(signedWith) ? 'valid' : 'invalid'
}

/**
 * What the register signs for the address: the file without its trailing zeroes, then the identity's whole signature
 * file.
 */
export function signedAddress(address: Uint8Array, identitySignature: Uint8Array): Uint8Array {
  let end = address.length
  while (end > 0 && address[end - 1] === 0) end -= 1
  return Buffer.concat([address.subarray(0, end), identitySignature])
}

/** Whether the whole photo file has the hash that stands in the signed identity file. */
export function checkPhoto(photo: Uint8Array | undefined, hash: Uint8Array | undefined): Verdict {
  const algorithm = photoAlgorithm(hash?.length ?? 0)
  if (photo === undefined || hash === undefined || algorithm === undefined) return 'notChecked'
  return timingSafeEqual(createHash(algorithm).update(photo).digest(), hash) ? 'valid' : 'invalid'
}

/**
 * The register's name inside its certificate: `RRN`, on test cards with a word before it. The root issues others as
 * well.
 */
const isRegister = (certificate: X509Certificate): boolean =>
  certificate.subject.split('\n').some((part) => /^CN=(.* )?RRN$/.test(part))

/** The pinned root that issued the register certificate, when its certificate is in the trust folder. */
export const isIssuedByPinnedRoot = (trust: Trust, register: X509Certificate): boolean =>
  isRegister(register) && trust.roots.some((root) => isIssuedBy(register, root))

/**
 * Whether the register certificate was issued by a pinned root; the root that the card carries counts only when it is
 * itself
 * pinned. Validity dates are not compared with today: the register signed when the card was made.
 */
export function checkChain(
  trust: Trust,
  register: X509Certificate | undefined,
  cardRoot: X509Certificate | undefined,
): ChainVerdict {
  if (register === undefined) return 'notChecked'
  if (isIssuedByPinnedRoot(trust, register)) return 'trusted'
  const throughCard =
    cardRoot !== undefined && isRegister(register) && isPinned(trust, cardRoot) && isIssuedBy(register, cardRoot)
  return throughCard ? 'trusted' : 'untrusted'
}
