import jpeg2000 from 'jpeg2000'
import { segmentsOf, wholeCodestream } from './jpeg2000Codestream.ts'
import { isPortraitStyle, type CodedSize } from './jpeg2000Style.ts'
import { colourOf, fromYcc } from './jpeg2000Colour.ts'
import type { Picture } from './png.ts'

/** Portraits have some hundred thousand pixels, and a million take a decoder a second; more is refused before anything is decoded. */
const pixelLimit = 1_000_000
const tileLimit = 256
const codestreamStart = Buffer.from('ff4fff51', 'hex')

/**
 * Decodes a JPEG 2000 portrait (JP2 file or bare codestream, ISO/IEC 15444-1) of one or three components of eight bits.
 * Undefined for anything else, in colours that are not known, broken, too large, or cut so finely that it would take a decoder long: all of it is taken
 * from the headers, so that a small file cannot ask for much memory or time.
 */
export function decodeJpeg2000(bytes: Uint8Array): Picture | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(codestreamStart)
  const codestream = start < 0 ? undefined : wholeCodestream(bytes.subarray(start))
  const size = codestream === undefined ? undefined : sizeOf(codestream)
  const colour = colourOf(bytes)
  if (colour === undefined) return undefined
  if (codestream === undefined || size === undefined || !isPortraitStyle(segmentsOf(codestream), size)) return undefined
  try {
    const image = new jpeg2000.JpxImage()
    image.parse(padded(codestream, size))
    if (image.width !== size.width || image.height !== size.height) return undefined
    const picture = join(image, image.componentsCount >= 3 ? 3 : 1)
    if (colour === 'sYCC' && picture.channels === 3) fromYcc(picture.pixels)
    return picture
  } catch {
    return undefined
  }
}

/**
 * The decoder reads packet headers past the end of a codestream that is cut off, and waits for a set or a clear bit
 * that never
 * comes. Behind the end stand both, a byte for each pixel, which is more than the headers of all code blocks (16 pixels
 * at least).
 */
function padded(
  codestream: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Buffer {
  return Buffer.concat([codestream, Buffer.alloc(Math.max(65_536, width * height), 0xaa)])
}

/** The size segment (ISO/IEC 15444-1 §A.5.1); undefined where it is contradictory or asks for more than a portrait. */
function sizeOf(codestream: Uint8Array): CodedSize | undefined {
  const view = new DataView(codestream.buffer, codestream.byteOffset, codestream.byteLength)
  if (codestream.length < 64) return undefined
  const at = (index: number): number => view.getUint32(8 + 4 * index)
  const [right, bottom, left, top, tileWidth, tileHeight] = [at(0), at(1), at(2), at(3), at(4), at(5)] as const
  // An image that begins elsewhere than its grid, or tiles that do: the decoder misplaces parts of it.
  if (left !== 0 || top !== 0 || at(6) !== 0 || at(7) !== 0) return undefined
  const components = view.getUint16(40)
  const [width, height] = [right - left, bottom - top]
  if (width <= 0 || height <= 0 || width * height > pixelLimit || tileWidth === 0 || tileHeight === 0) return undefined
  if (Math.ceil(right / tileWidth) * Math.ceil(bottom / tileHeight) > tileLimit || components < 1 || components > 4)
    return undefined
  if (codestream.length < 42 + components * 3) return undefined
  for (let one = 0; one < components; one += 1) {
    // Eight bits without sign, not subsampled: what Doc 9303 portraits are.
    if (view.getUint8(42 + one * 3) !== 7 || view.getUint8(43 + one * 3) !== 1 || view.getUint8(44 + one * 3) !== 1)
      return undefined
  }
  return { width, height, tileWidth, tileHeight, components }
}

type Decoded = InstanceType<typeof jpeg2000.JpxImage>

function join({ width, height, componentsCount, tiles }: Decoded, channels: 1 | 3): Picture {
  const pixels = new Uint8Array(width * height * channels)
  for (const tile of tiles) {
    for (let y = 0; y < tile.height; y += 1) {
      for (let x = 0; x < tile.width; x += 1) {
        const from = (y * tile.width + x) * componentsCount
        const to = ((tile.top + y) * width + tile.left + x) * channels
        for (let channel = 0; channel < channels; channel += 1) pixels[to + channel] = tile.items[from + channel] ?? 0
      }
    }
  }
  return { width, height, channels, pixels }
}
