import { readTemplate } from './ber.ts'

/** A face image as the document holds it. */
export interface FaceImage {
  readonly mime: 'image/jpeg' | 'image/jp2'
  readonly bytes: Uint8Array
}

/** Longest record accepted, in bytes: documents hold 15 to 40 kB. */
const recordLimit = 2 * 1024 * 1024

/** The value inside nested objects, by their tags from the outside in; undefined where one is missing. */
const at = (bytes: Uint8Array, ...path: readonly number[]): Uint8Array | undefined =>
  path.reduce<Uint8Array | undefined>(
    (inside, tag) =>
      inside === undefined ? undefined : readTemplate(inside).find((object) => object.tag === tag)?.value,
    bytes,
  )

/**
 * The first face of DG2 (Doc 9303-10 §4.7.2): a record of ISO 19794-5 (`5F2E`), or of ISO 39794-5 (`7F2E`). Where the
 * record does
 * not lead to an image, the image is found by its own magic: lengths and data types in headers are wrong on some
 * documents.
 */
export function parseDg2(file: Uint8Array): FaceImage | undefined {
  const template = at(file, 0x75, 0x7f61, 0x7f60)
  const objects = template === undefined ? undefined : readTemplate(template)
  const record = objects?.find(({ tag }) => tag === 0x5f2e || tag === 0x7f2e)
  if (record === undefined || record.value.length > recordLimit) return undefined
  return imageAt((record.tag === 0x5f2e ? face19794 : face39794)(record.value), 0) ?? searched(record.value)
}

/**
 * Behind a header of 14 bytes and one of 20 come the feature points, 8 each, and the image information of 12 (ISO/IEC
 * 19794-5:2005 §5).
 */
function face19794(record: Uint8Array): Uint8Array | undefined {
  if (Buffer.from(record.subarray(0, 4)).toString('latin1') !== 'FAC\0') return undefined
  const points = ((record[18] ?? 0) << 8) | (record[19] ?? 0)
  const length = Buffer.from(record).readUIntBE(14, 4)
  const start = 14 + 20 + 8 * points + 12
  return start < record.length ? record.subarray(start, length >= start - 14 ? 14 + length : undefined) : undefined
}

/**
 * FaceImageDataBlock, first representation, base, two-dimensional block, image (ISO/IEC 39794-5:2019, implicit tags; a
 * choice has
 * the tag of its alternative around it).
 */
const face39794 = (record: Uint8Array): Uint8Array | undefined =>
  at(record, 0xa1, 0x65, 0xa1, 0x30, 0xa1, 0xa0, 0xa0, 0x80)

const magics = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/jp2', [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20]],
  ['image/jp2', [0xff, 0x4f, 0xff, 0x51]],
] as const

function imageAt(bytes: Uint8Array | undefined, start: number): FaceImage | undefined {
  const found =
    bytes === undefined ? undefined : magics.find(([, magic]) => magic.every((byte, i) => bytes[start + i] === byte))
  return found === undefined || bytes === undefined ? undefined : { mime: found[0], bytes: bytes.subarray(start) }
}

function searched(record: Uint8Array): FaceImage | undefined {
  for (let start = 0; start < record.length - 8; start += 1) {
    const found = record[start] === 0xff || record[start] === 0 ? imageAt(record, start) : undefined
    if (found !== undefined) return found
  }
  return undefined
}
