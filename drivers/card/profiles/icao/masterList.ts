import { ContentInfo, SignedData, id_signedData } from '@peculiar/asn1-cms'
import { AsnConvert } from '@peculiar/asn1-schema'
import { readTlvs } from './ber.ts'
import { parseCertificate, type ParsedCertificate } from './certificate.ts'

// id-icao-cscaMasterList (Doc 9303-12 §9.1).
const masterListOid = '2.23.136.1.1.2'

/**
 * The country signers of a master list (Doc 9303-12, CscaMasterList in CMS SignedData); undefined when the file is none. The list
 * is trusted because an administrator put it into the trust folder; entries that are no certificates are left out.
 */
export function parseMasterList(file: Uint8Array): readonly ParsedCertificate[] | undefined {
  try {
    const info = AsnConvert.parse(file, ContentInfo)
    if (info.contentType !== id_signedData) return undefined
    const { eContentType, eContent } = AsnConvert.parse(info.content, SignedData).encapContentInfo
    if (eContentType !== masterListOid || eContent?.single === undefined) return undefined
    const list = readTlvs(new Uint8Array(eContent.single.buffer))?.[0]
    const set = list?.tag === 0x30 ? readTlvs(list.value)?.[1] : undefined
    return set?.tag === 0x31 ? (readTlvs(set.value) ?? []).flatMap(({ bytes }) => parseCertificate(bytes) ?? []) : undefined
  } catch {
    return undefined
  }
}
