/** What the header of a JP2 file says of the components (ISO/IEC 15444-1 annex I). */
export type Colour = 'direct' | 'sYCC'

// Boxes, by their four letters.
const header = 'jp2h'
const codestream = 'jp2c'
/** Enumerated colour spaces (§I.5.3.3): sRGB, greyscale, and sYCC, which is luminance and two differences. */
const spaces: Readonly<Record<number, Colour>> = { 16: 'direct', 17: 'direct', 18: 'sYCC' }

/**
 * How the components of a picture are meant. Undefined where they are no picture as they stand: numbers of a palette,
 * another order, a colour space that is not known. A bare codestream, and a profile of its own, are taken as they are.
 */
export function colourOf(file: Uint8Array): Colour | undefined {
  const boxes = boxesIn(file, codestream)
  const inside = boxes.filter(({ type }) => type === header).flatMap(({ value }) => boxesIn(value))
  if (inside.some(({ type }) => type === 'pclr' || type === 'cmap')) return undefined
  const order = inside.find(({ type }) => type === 'cdef')
  if (order !== undefined && !isUsualOrder(order.value)) return undefined
  const [space] = inside.filter(({ type }) => type === 'colr')
  if (space?.value[0] !== 1) return 'direct'
  return space.value.length < 7 ? undefined : spaces[Buffer.from(space.value).readUInt32BE(3)]
}

/** Channel definitions (§I.5.3.6): each colour channel is the component of its own number. */
function isUsualOrder(value: Uint8Array): boolean {
  const bytes = Buffer.from(value)
  for (let at = 2; at + 6 <= bytes.length; at += 6) {
    const [channel, kind, of] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2), bytes.readUInt16BE(at + 4)]
    if (kind === 0 && of !== 0 && of !== channel + 1) return false
  }
  return true
}

interface Box {
  readonly type: string
  readonly value: Uint8Array
}

/** The boxes side by side in some bytes, up to the first of type `last`; none in what has no boxes. */
function boxesIn(bytes: Uint8Array, last?: string): readonly Box[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: Box[] = []
  for (let at = 0; at + 8 <= view.length;) {
    const type = view.toString('latin1', at + 4, at + 8)
    const said = view.readUInt32BE(at)
    const head = said === 1 ? 16 : 8
    // Sizes beyond four bytes are beyond the file too.
    const size =
      said === 0 ? view.length - at : said === 1 && at + 16 <= view.length ? view.readUInt32BE(at + 12) : said
    if (size < head) break
    found.push({ type, value: bytes.subarray(at + head, at + size) })
    if (type === last) break
    at += size
  }
  return found
}

/** Luminance and differences as red, green and blue (IEC 61966-2-1 annex F), in place. */
export function fromYcc(pixels: Uint8Array): void {
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const [y = 0, cb = 0, cr = 0] = pixels.subarray(at, at + 3)
    const [blue, red] = [cb - 128, cr - 128]
    // Uint8Array would wrap around.
    pixels.set(
      [y + 1.402 * red, y - 0.344136 * blue - 0.714136 * red, y + 1.772 * blue].map((value) =>
        Math.max(0, Math.min(255, Math.round(value))),
      ),
      at,
    )
  }
}
