import { readTlvs } from './ber.ts'
import { parseCertificate, type ParsedCertificate } from './certificate.ts'
import { parseSignedContent, type SignedContent } from './signedContent.ts'

// id-icao-cscaMasterList (Doc 9303-12 §9.1).
const masterListOid = '2.23.136.1.1.2'

/** Country signers under the signature of whoever collected them. */
export interface MasterList extends SignedContent {
  readonly signers: readonly ParsedCertificate[]
}

/**
 * Parses a master list (Doc 9303-12, CscaMasterList in CMS SignedData) and checks its signature; undefined when the
 * file is none. Entries that are no certificates are left out.
 */
export function parseMasterList(file: Uint8Array): MasterList | undefined {
  const signed = parseSignedContent(file, masterListOid)
  const list = signed === undefined ? undefined : readTlvs(signed.content)?.[0]
  const set = list?.tag === 0x30 ? readTlvs(list.value)?.[1] : undefined
  if (signed === undefined || set?.tag !== 0x31) return undefined
  return { ...signed, signers: (readTlvs(set.value) ?? []).flatMap(({ bytes }) => parseCertificate(bytes) ?? []) }
}
