import { qrModules } from '../engine/qr.ts'

/** Dots of a module: enough for 300 dpi at 30 mm. */
const dots = 8
/** Modules of the quiet zone (ISO/IEC 18004). */
const quiet = 4

/** A text as QR code, as a picture that word processors show (BMP, a bit a dot, rows from below). */
export function qrPicture(text: string): Uint8Array<ArrayBuffer> {
  const { width, modules } = qrModules(text)
  // The encoder has five units to a module.
  const side = (width / 5 + 2 * quiet) * dots
  const row = Math.ceil(side / 32) * 4
  const head = 62
  const file = Buffer.alloc(head + row * side, 0xff)
  file.fill(0, 0, head)
  file.write('BM', 0, 'latin1')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(head, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(side, 18)
  file.writeInt32LE(side, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(1, 28)
  // Black is 0, white 1.
  file.writeUInt32LE(0x00ffffff, 58)
  const black = (x: number, y: number): void => {
    const at = head + (side - 1 - y) * row + (x >> 3)
    file[at] = (file[at] ?? 0) & ~(0x80 >> (x & 7))
  }
  for (const module of modules) {
    const [left, top] = [module.x / 5 + quiet, module.y / 5 + quiet].map((one) => one * dots) as [number, number]
    for (let y = 0; y < dots; y += 1) for (let x = 0; x < dots; x += 1) black(left + x, top + y)
  }
  return Uint8Array.from(file)
}
