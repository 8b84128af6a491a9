import { signerFileLimit } from '#shared/domain/identity/countrySigner.ts'
import { parseCertificate, type ParsedCertificate } from './certificate.ts'
import { parseMasterList, type MasterList } from './masterList.ts'

/** What a file brings: lists, each under its own signature, and certificates without one. */
export interface SignerFile {
  readonly lists: readonly MasterList[]
  readonly certificates: readonly ParsedCertificate[]
}

/** More would keep a desk busy for minutes; all countries together have about a thousand. */
const certificateLimit = 4_000

/**
 * Reads a file as administrations publish country signers, told apart by what is in it and not by its name: a
 * certificate or a master list in
 * DER, certificates in PEM (one or several), or LDIF as the ICAO Public Key Directory gives it out. Undefined for
 * anything else, for
 * what is too large, and for a file of which a PEM block is no certificate. Total on any bytes.
 */
export function parseSignerFile(bytes: Uint8Array): SignerFile | undefined {
  if (bytes.length > signerFileLimit) return undefined
  const found =
    bytes[0] === 0x30
      ? fromDer([bytes])
      : fromText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'))
  if (found === undefined) return undefined
  const count = found.certificates.length + found.lists.reduce((sum, list) => sum + list.signers.length, 0)
  return count > 0 && count <= certificateLimit ? found : undefined
}

function fromDer(objects: readonly Uint8Array[]): SignerFile {
  const lists: MasterList[] = []
  const certificates: ParsedCertificate[] = []
  for (const object of objects) {
    const list = parseMasterList(object)
    const certificate = list === undefined ? parseCertificate(object) : undefined
    if (list !== undefined) lists.push(list)
    if (certificate !== undefined) certificates.push(certificate)
  }
  return { lists, certificates }
}

const decoded = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))

function fromText(text: string): SignerFile | undefined {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  if (blocks !== null) {
    const found = fromDer(blocks.map((block) => decoded(block.replaceAll(/-----[^-]+-----/g, ''))))
    return found.certificates.length === blocks.length ? found : undefined
  }
  // LDIF (RFC 2849): a line that begins with a space goes on with the line before it; `::` says that a value is base64.
  const values = text.replaceAll(/\r?\n /g, '').match(/^[A-Za-z][\w;-]*:: *[A-Za-z\d+/=]+\r?$/gm) ?? []
  return fromDer(values.map((line) => decoded(line.slice(line.indexOf('::') + 2))).filter((value) => value[0] === 0x30))
}
