import { expect, test } from 'vitest'
import { readCodes } from '../scan/codes.ts'
import { qrModules } from './qr.ts'

const quiet = 20

// 16 letters fill a symbol of 21 modules but for three bits: a sheet of a service of two letters.
test('a code of any length is read again, full to its last bit or not', async () => {
  for (let length = 8; length <= 120; length += 1) {
    const text = `GP1:MRN00001//SG-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ`.repeat(3).slice(0, length)
    const { width, modules } = qrModules(text)
    const side = width + 2 * quiet
    const data = new Uint8Array(side * side).fill(255)
    for (const { x, y } of modules)
      for (let row = 0; row < 5; row += 1) {
        const from = (y + quiet + row) * side + x + quiet
        data.fill(0, from, from + 5)
      }
    const read = await readCodes({ data, width: side, height: side, dpi: 200 })
    expect(read.map((code) => code.text)).toEqual([text])
  }
})
