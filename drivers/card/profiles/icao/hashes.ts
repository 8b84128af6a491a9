import { createHash } from 'node:crypto'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'

export type Hash = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

// Digest algorithms and the signature algorithms that name one (RFC 3279, RFC 5754, RFC 5758, BSI TR-03111 for the
// plain ones).
const hashOf: Readonly<Record<string, Hash>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.14': 'sha224',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
}
/** The hashes as the elliptic curves of noble take them. */
export const nobleHash = { sha1, sha224, sha256, sha384, sha512 } as const

/** The hash that an algorithm identifier names by itself; undefined for those that carry it as a parameter. */
export const hashNamed = (oid: string): Hash | undefined => hashOf[oid]

/** The hash of some bytes. */
export const digest = (hash: Hash, data: Uint8Array): Uint8Array =>
  new Uint8Array(createHash(hash).update(data).digest())
