import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { specimenFolder } from '#tests/builders/cards.ts'
import { decodeJpeg2000 } from './jpeg2000.ts'
import { encodePng } from './png.ts'

const jp2 = new Uint8Array(readFileSync(join(specimenFolder, 'resident.jp2')))
const start = Buffer.from(jp2).indexOf(Buffer.from('ff4fff51', 'hex'))

/** Grey pixels of an image, as ImageMagick sees them. */
const pixelsOf = (format: string, bytes: Uint8Array): Uint8Array =>
  execFileSync('convert', [`${format}:-`, '-depth', '8', 'gray:-'], { input: bytes })

describe('a JPEG 2000 portrait', () => {
  test('is decoded as ImageMagick decodes it, and survives as PNG', () => {
    const picture = decodeJpeg2000(jp2) ?? expect.fail()
    expect(picture).toMatchObject({ width: 140, height: 200, channels: 1 })
    const other = pixelsOf('jp2', jp2)
    expect(other.length).toBe(picture.pixels.length)
    // Decoders differ a little in where they put what was quantised away.
    expect(
      picture.pixels.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / picture.pixels.length,
    ).toBeLessThan(1.5)
    expect(Buffer.from(pixelsOf('png', encodePng(picture))).equals(Buffer.from(picture.pixels))).toBe(true)
  })

  test('in colour keeps its three channels', () => {
    const colour = execFileSync('convert', ['-size', '40x30', 'xc:rgb(200,40,90)', '-depth', '8', 'jp2:-'])
    const picture = decodeJpeg2000(new Uint8Array(colour)) ?? expect.fail()
    expect(picture).toMatchObject({ width: 40, height: 30, channels: 3 })
    expect(
      [...picture.pixels.subarray(0, 3)].map((value, at) => Math.abs(value - ([200, 40, 90][at] ?? 0)) <= 3),
    ).toEqual([true, true, true])
  })

  test('in luminance and differences has its true colours', () => {
    const bytes = new Uint8Array(readFileSync(join(specimenFolder, '../../tests/fixtures/field/cards/photos/sycc.jp2')))
    const picture = decodeJpeg2000(bytes) ?? expect.fail()
    const other = execFileSync('convert', ['jp2:-', '-colorspace', 'sRGB', '-depth', '8', 'rgb:-'], { input: bytes })
    expect(other.length).toBe(picture.pixels.length)
    expect(
      picture.pixels.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / picture.pixels.length,
    ).toBeLessThan(3)
  })

  test('that begins elsewhere than its grid, or whose components are no colours, is not shown', () => {
    const moved = Uint8Array.from(jp2)
    const view = new DataView(moved.buffer)
    view.setUint32(start + 8, view.getUint32(start + 8) + 16)
    view.setUint32(start + 16, 16)
    expect(decodeJpeg2000(moved)).toBeUndefined()
    const colr = Buffer.from(jp2).indexOf('colr')
    const strange = Uint8Array.from(jp2)
    new DataView(strange.buffer).setUint32(colr + 7, 12)
    expect(decodeJpeg2000(strange)).toBeUndefined()
    const numbers = Uint8Array.from(jp2)
    numbers.set(Buffer.from('pclr'), colr)
    expect(decodeJpeg2000(numbers)).toBeUndefined()
  })

  test('may be a bare codestream', () => {
    expect(decodeJpeg2000(jp2.subarray(start))).toMatchObject({ width: 140, height: 200 })
  })

  test('that asks for much memory is refused before it is decoded', () => {
    const bomb = Uint8Array.from(jp2)
    new DataView(bomb.buffer).setUint32(start + 8, 0x7fffffff)
    new DataView(bomb.buffer).setUint32(start + 12, 0x7fffffff)
    expect(decodeJpeg2000(bomb)).toBeUndefined()
  })

  test('damaged anywhere gives a picture of its size, or none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(jp2.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(jp2.length),
        (changes, cut) => {
          const damaged = Uint8Array.from(jp2.subarray(0, jp2.length - (cut % 50)))
          for (const [at, value] of changes) if (at < damaged.length) damaged[at] = value
          const picture = decodeJpeg2000(damaged)
          expect(
            picture === undefined || picture.pixels.length === picture.width * picture.height * picture.channels,
          ).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })
})

test('a portrait that is cut off is none, wherever it is cut', () => {
  for (let length = start; length < jp2.length; length += 61)
    expect({ length, picture: decodeJpeg2000(jp2.subarray(0, length)) }).toEqual({ length, picture: undefined })
})

test('a tile-part whose length leads back, or out, is no tile-part', () => {
  const at = Buffer.from(jp2).indexOf(Buffer.from('ff90', 'hex'))
  for (const length of [1, 13, jp2.length, 0xffff_ffff]) {
    const lying = Buffer.from(jp2)
    lying.writeUInt32BE(length, at + 6)
    expect(decodeJpeg2000(lying)).toBeUndefined()
  }
  // Zero leaves the length open: to the end of the image (ISO/IEC 15444-1 A.4.2).
  const open = Buffer.from(jp2)
  open.writeUInt32BE(0, at + 6)
  expect(decodeJpeg2000(open)).toEqual(decodeJpeg2000(jp2))
})

test('what stands behind the end of the image is no part of it', () => {
  expect(decodeJpeg2000(Buffer.concat([jp2, Buffer.from('ff93ff90000a', 'hex')]))).toEqual(decodeJpeg2000(jp2))
})
