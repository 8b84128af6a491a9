import { inflateRawSync } from 'node:zlib'

/** Signatures and lengths of the ZIP format (APPNOTE.TXT 6.3.10, 4.3.7, 4.3.12, 4.3.16). */
const [endMark, entryMark, localMark] = [0x06054b50, 0x02014b50, 0x04034b50] as const
const [endLength, entryLength, localLength] = [22, 46, 30] as const
const [stored, deflated] = [0, 8] as const

/**
 * Whether an archive is one, and all that is in it together no larger than a bound: each entry is unpacked up to what is
 * left of it, since the sizes that it states may be lies.
 * @param most bytes
 */
export function isWithin(archive: Uint8Array, most: number): boolean {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end === -1 || end + endLength > bytes.length || bytes.readUInt32LE(end) !== endMark) return false
  const count = bytes.readUInt16LE(end + 10)
  let [at, left] = [bytes.readUInt32LE(end + 16), most]
  try {
    for (let entry = 0; entry < count; entry += 1) {
      if (bytes.readUInt32LE(at) !== entryMark) return false
      const [method, packed, local] = [
        bytes.readUInt16LE(at + 10),
        bytes.readUInt32LE(at + 20),
        bytes.readUInt32LE(at + 42),
      ]
      if (bytes.readUInt32LE(local) !== localMark) return false
      const begin = local + localLength + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
      left -= sizeOf(bytes.subarray(begin, begin + packed), method, left)
      if (left < 0) return false
      at += entryLength + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    }
    return true
  } catch {
    // Beyond its end, or more than is left.
    return false
  }
}

const sizeOf = (packed: Uint8Array, method: number, left: number): number => {
  if (method === stored) return packed.byteLength
  if (method !== deflated) throw new Error('no document is packed so')
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, left) }).byteLength
}
