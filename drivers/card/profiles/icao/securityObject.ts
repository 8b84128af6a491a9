import type { Verdict } from '#shared/domain/identity/identity.ts'
import { oidText, readTlvs } from './ber.ts'
import { digest, hashNamed, type Hash } from './hashes.ts'
import { parseSignedContent, type SignedContent } from './signedContent.ts'

/** The hashes of the data groups, as the issuer signed them (EF.SOD, Doc 9303-10 §4.6.2). */
export interface SecurityObject extends SignedContent {
  readonly hash: Hash
  readonly hashes: ReadonlyMap<number, Uint8Array>
}

// id-icao-mrtd-security-ldsSecurityObject (Doc 9303-10 §4.6.2.2).
const ldsSecurityObject = '2.23.136.1.1.1'

/** Parses EF.SOD and checks its signature; undefined when the file is not one. Total on any bytes. */
export function parseSecurityObject(file: Uint8Array): SecurityObject | undefined {
  const outer = readTlvs(file)?.[0]
  const signed = outer?.tag === 0x77 ? parseSignedContent(outer.value, ldsSecurityObject) : undefined
  const listed = signed === undefined ? undefined : listedHashes(signed.content)
  return signed === undefined || listed === undefined ? undefined : { ...signed, ...listed }
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

/** Whether a data group is what the issuer signed: the hash of the whole file, tag and length included. */
export function dataGroupVerdict(object: SecurityObject, number: number, file: Uint8Array): Verdict {
  const expected = object.hashes.get(number)
  if (expected === undefined) return 'notChecked'
  return Buffer.from(expected).equals(digest(object.hash, file)) ? 'valid' : 'invalid'
}
