import { constants, publicEncrypt, timingSafeEqual, type KeyObject } from 'node:crypto'
import { RsaSaPssParams } from '@peculiar/asn1-rsa'
import { AsnConvert } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import { concat } from './bytes.ts'
import { digest, hashNamed, type Hash } from './hashes.ts'

const mgf1 = '1.2.840.113549.1.1.8'

/**
 * Whether an RSASSA-PSS signature verifies (RFC 8017 §8.1.2) under the parameters that come with it: hash, hash of the
 * mask, length of the salt; each has a default (RFC 4055 §3.1), SHA-1 for both hashes. Done here, because the
 * libraries take one hash for both. Throws for a signature that is no number below the modulus.
 */
export function isPss(
  key: KeyObject,
  parameters: ArrayBuffer | null | undefined,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  const named =
    parameters === undefined || parameters === null
      ? new RsaSaPssParams()
      : AsnConvert.parse(parameters, RsaSaPssParams)
  const { hashAlgorithm, maskGenAlgorithm, saltLength, trailerField } = named
  const hash = hashNamed(hashAlgorithm.algorithm)
  const { parameters: maskParameters } = maskGenAlgorithm
  const mask =
    maskParameters === undefined || maskParameters === null
      ? 'sha1'
      : hashNamed(AsnConvert.parse(maskParameters, AlgorithmIdentifier).algorithm)
  const bits = key.asymmetricKeyDetails?.modulusLength
  if (hash === undefined || mask === undefined || bits === undefined) return false
  if (maskGenAlgorithm.algorithm !== mgf1 || trailerField !== 1) return false
  const recovered = publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, signature)
  return isEncoded(digest(hash, data), recovered, { hash, mask, saltLength, bits: bits - 1 })
}

interface Encoding {
  readonly hash: Hash
  readonly mask: Hash
  readonly saltLength: number
  /** Bits of the encoded message: one less than the modulus has. */
  readonly bits: number
}

/** EMSA-PSS-VERIFY of a hash (RFC 8017 §9.1.2). */
function isEncoded(hashed: Uint8Array, block: Uint8Array, { hash, mask, saltLength, bits }: Encoding): boolean {
  const length = Math.ceil(bits / 8)
  const encoded = block.subarray(block.length - length)
  const size = hashed.length
  const masked = length - size - 1
  if (masked < saltLength + 1 || saltLength < 0 || encoded.at(-1) !== 0xbc) return false
  if (block.subarray(0, block.length - length).some((byte) => byte !== 0)) return false
  const proof = encoded.subarray(masked, masked + size)
  const spare = 8 * length - bits
  const first = 0xff >> spare
  if (((encoded[0] ?? 0) & ~first & 0xff) !== 0) return false
  const stream = maskOf(mask, proof, masked)
  const plain = Uint8Array.from({ length: masked }, (_, at) => (encoded[at] ?? 0) ^ (stream[at] ?? 0))
  plain[0] = (plain[0] ?? 0) & first
  const start = masked - saltLength
  if (plain[start - 1] !== 1 || plain.subarray(0, start - 1).some((byte) => byte !== 0)) return false
  return timingSafeEqual(digest(hash, concat(new Uint8Array(8), hashed, plain.subarray(start))), proof)
}

/** MGF1 (RFC 8017 §B.2.1). */
function maskOf(hash: Hash, seed: Uint8Array, length: number): Uint8Array {
  const parts: Uint8Array[] = []
  for (let have = 0, counter = 0; have < length; counter += 1) {
    const part = digest(hash, concat(seed, Uint8Array.of(0, 0, counter >> 8, counter & 0xff)))
    parts.push(part)
    have += part.length
  }
  return concat(...parts)
}
