import { readFileSync } from 'node:fs'

/**
 * An icon of Windows out of square PNG pictures: six bytes of head, sixteen for each picture, then the pictures as they
 * are (Windows Vista and later; 256 is written as 0).
 * @param pictures side in pixels, at most 256, and file of each
 */
export function iconOf(pictures: readonly { readonly side: number; readonly file: string }[]): Buffer {
  const bytes = pictures.map(({ file }) => readFileSync(file))
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  pictures.forEach(({ side }, at) => {
    const entry = 6 + 16 * at
    const size = bytes[at]?.length ?? 0
    head.writeUInt8(side % 256, entry)
    head.writeUInt8(side % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(size, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += size
  })
  return Buffer.concat([head, ...bytes])
}
