import type { Extent, FileSpec } from '../../apdu/readFile.ts'
import { identityTag } from './identityFile.ts'
import { fieldsExtent, parseFields } from './tlv.ts'

/** AID of the Belpic applet; selected after a reset unless another application was chosen since. */
export const belpicAid = Uint8Array.from([
  0xa0, 0x00, 0x00, 0x00, 0x30, 0x29, 0x05, 0x70, 0x00, 0xad, 0x13, 0x10, 0x01, 0x01, 0xff,
])

const unknownExtent = (): Extent => undefined
const hasField = (read: Uint8Array, tag: number): boolean => {
  const fields = parseFields(read)
  return fields.ok && fields.value.has(tag)
}

/**
 * The files that are free to read (Belgian eID card content §4.3). Limits are about twice the largest file seen. None
 * of them
 * announces its length on selection.
 */
export const files = {
  // Every identity has the hash of its photo, near its end.
  identity: {
    path: [0x3f00, 0xdf01, 0x4031],
    limit: 2048,
    extent: fieldsExtent,
    mayEnd: (read: Uint8Array): boolean => hasField(read, identityTag.photoHash),
  },
  identitySignature: { path: [0x3f00, 0xdf01, 0x4032], limit: 1024, extent: unknownExtent },
  address: { path: [0x3f00, 0xdf01, 0x4033], limit: 1024, extent: fieldsExtent },
  addressSignature: { path: [0x3f00, 0xdf01, 0x4034], limit: 1024, extent: unknownExtent },
  photo: { path: [0x3f00, 0xdf01, 0x4035], limit: 16_384, extent: unknownExtent },
  /** P-384, as SubjectPublicKeyInfo: always of this length. */
  basicKey: { path: [0x3f00, 0xdf01, 0x4040], limit: 256, extent: () => ({ exactly: 120 }) },
  authenticationCertificate: { path: [0x3f00, 0xdf00, 0x5038], limit: 4096, extent: derExtent },
  signatureCertificate: { path: [0x3f00, 0xdf00, 0x5039], limit: 4096, extent: derExtent },
  citizenAuthority: { path: [0x3f00, 0xdf00, 0x503a], limit: 4096, extent: derExtent },
  rootCertificate: { path: [0x3f00, 0xdf00, 0x503b], limit: 4096, extent: derExtent },
  registerCertificate: { path: [0x3f00, 0xdf00, 0x503c], limit: 4096, extent: derExtent },
} as const satisfies Record<string, FileSpec>

/**
 * Length of the DER object at the start of a certificate file: what follows is zero padding and is not read.
 * A certificate that the card does not have is all zeroes and counts as empty.
 */
export function derExtent(read: Uint8Array): Extent {
  const [tag, length, high, low] = read
  if (tag === undefined) return undefined
  if (tag === 0) return { exactly: 0 }
  if (length === undefined || low === undefined || high === undefined) return { atLeast: 4 }
  if (length < 0x80) return { exactly: 2 + length }
  if (length === 0x81) return { exactly: 3 + high }
  return length === 0x82 ? { exactly: 4 + (high << 8) + low } : undefined
}
