import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { decodeJpeg2000 } from '#drivers/card/jpeg2000.ts'

/** Whoever can write a chip gains a counter that stands still: two thousand bytes that ask for minutes of decoding. */
interface Cut {
  readonly side: number
  readonly levels: number
  readonly layers: number
  /** Exponents of two. */
  readonly block?: number
  readonly precinct?: number
  readonly tile?: number
}
const u16 = (value: number): readonly number[] => [value >> 8, value & 255]
const u32 = (value: number): readonly number[] => [...u16(value >>> 16), ...u16(value & 0xffff)]
const segment = (marker: number, ...body: readonly number[]): readonly number[] => [
  ...u16(marker),
  ...u16(body.length + 2),
  ...body,
]

/** A whole codestream of three components whose headers ask for this, with so many bytes in its one tile-part. */
function portrait({ side, levels, layers, block = 6, precinct, tile = side }: Cut, data = 2_000): Uint8Array {
  const plane = [7, 1, 1]
  const size = [side, side, 0, 0, tile, tile, 0, 0].flatMap(u32)
  const precincts = precinct === undefined ? [] : new Array<number>(levels + 1).fill(precinct * 17)
  const style = [levels, block - 2, block - 2, 0, 0, ...precincts]
  const header = [
    ...u16(0xff4f),
    ...segment(0xff51, 0, 0, ...size, 0, 3, ...plane, ...plane, ...plane),
    ...segment(0xff52, precinct === undefined ? 0 : 1, 0, ...u16(layers), 1, ...style),
    ...segment(0xff5c, 0x41, 0x48, 0x48),
  ]
  const bytes = Array.from({ length: data }, (_, at) => (at * 73 + 41) % 251)
  const part = [...segment(0xff90, 0, 0, ...u32(14 + data), 0, 1), ...u16(0xff93), ...bytes]
  return Uint8Array.from([...header, ...part, 0xff, 0xd9])
}

describe('headers that ask for more than a portrait does are refused unread', () => {
  const cases: readonly [string, Cut][] = [
    ['32 halvings, precincts of one pixel', { side: 256, levels: 32, layers: 1, precinct: 0 }],
    ['the same, larger', { side: 1_400, levels: 32, layers: 1, precinct: 0 }],
    ['65,535 layers', { side: 256, levels: 5, layers: 65_535 }],
    ['no layer', { side: 256, levels: 5, layers: 0 }],
    ['blocks of four pixels', { side: 1_400, levels: 5, layers: 1, block: 2 }],
    ['small precincts in many layers', { side: 1_400, levels: 8, layers: 64, precinct: 5 }],
    ['many tiles of many resolutions', { side: 1_400, levels: 8, layers: 64, tile: 100 }],
  ]
  test.each(cases)('%s', (_what, cut) => {
    expect(decodeJpeg2000(portrait(cut))).toBeUndefined()
  })
})

test('what encoders write is read: more resolutions, layers, tiles', () => {
  const drawn = (...options: readonly string[]): Uint8Array =>
    new Uint8Array(execFileSync('convert', ['-size', '240x320', 'plasma:tan-grey', '-depth', '8', ...options, 'jp2:-']))
  for (const options of [[], ['-define', 'jp2:number-resolutions=8'], ['-define', 'jp2:rate=40,20,10,5']])
    expect(decodeJpeg2000(drawn(...options)), options.join(' ')).toMatchObject({ width: 240, height: 320 })
})
