/** Markers of the coding style, for all components and for one (ISO/IEC 15444-1 §A.6.1, §A.6.2). */
const cod = 0xff52
const coc = 0xff53

/** How a codestream is cut, as far as the work of a decoder depends on it. */
export interface CodedSize {
  readonly width: number
  readonly height: number
  readonly tileWidth: number
  readonly tileHeight: number
  readonly components: number
}

/**
 * A portrait is coded in five or six resolutions, one layer and blocks of 64 pixels. What a decoder has to do grows with
 * each of these and not with the bytes that it is given: 2,000 bytes can ask for minutes and gigabytes. These are well
 * above what encoders write.
 */
const most = { levels: 8, layers: 32, packets: 60_000, blocks: 60_000 } as const
/** Exponents of two, in pixels. */
const least = { precinct: 5, blockArea: 8 } as const

/**
 * Whether decoding costs what a portrait costs. Every segment of coding style counts, also those of a tile or of one
 * component, which stand in for the first one.
 * @param segments every marker segment of the codestream, from its marker on
 */
export function isPortraitStyle(segments: Iterable<Uint8Array>, size: CodedSize): boolean {
  const wide = size.components < 257 ? 1 : 2
  let layers: number | undefined
  const styles: Style[] = []
  for (const segment of segments) {
    const marker = ((segment[0] ?? 0) << 8) | (segment[1] ?? 0)
    if (marker === cod) {
      layers = Math.max(layers ?? 0, ((segment[6] ?? 0) << 8) | (segment[7] ?? 0))
      styles.push(styleOf(segment, 4, 9))
    } else if (marker === coc) styles.push(styleOf(segment, 4 + wide, 5 + wide))
  }
  if (layers === undefined || layers < 1 || layers > most.layers) return false
  return styles.every((style) => isModest(style, size, layers))
}

interface Style {
  readonly levels: number
  /** Exponents of the sides of a code block. */
  readonly block: readonly [number, number]
  /** Exponents of the precincts of each resolution; undefined where they are as large as they can be. */
  readonly precincts: readonly (readonly [number, number])[] | undefined
}

/** @param flags where the style's flags stand, @param from where the parameters begin */
function styleOf(segment: Uint8Array, flags: number, from: number): Style {
  const levels = segment[from] ?? 255
  const exponent = (at: number): number => (segment[at] ?? 0) + 2
  const own = ((segment[flags] ?? 0) & 1) === 1
  const sizes = [...segment.subarray(from + 5, from + 6 + levels)]
  return {
    levels,
    block: [exponent(from + 1), exponent(from + 2)],
    precincts: own ? sizes.map((both) => [both & 15, both >> 4] as const) : undefined,
  }
}

function isModest({ levels, block, precincts }: Style, size: CodedSize, layers: number): boolean {
  if (levels > most.levels || block[0] + block[1] < least.blockArea) return false
  if (precincts?.some((one) => Math.min(...one) < least.precinct) === true) return false
  if (precincts !== undefined && precincts.length < levels + 1) return false
  const tiles = Math.ceil(size.width / size.tileWidth + 1) * Math.ceil(size.height / size.tileHeight + 1)
  const [width, height] = [Math.min(size.width, size.tileWidth), Math.min(size.height, size.tileHeight)]
  /** How many squares of these sides a tile has at a resolution, with those at its edges. */
  const cut = (level: number, [across, down]: readonly [number, number]): number =>
    Math.ceil(width / 2 ** (level + across) + 1) * Math.ceil(height / 2 ** (level + down) + 1)
  let [packets, blocks] = [0, 0]
  for (let resolution = 0; resolution <= levels; resolution += 1) {
    const level = levels - resolution
    const precinct = precincts?.[resolution] ?? [15, 15]
    packets += precincts === undefined ? 1 : cut(level, precinct)
    blocks += cut(level, block)
  }
  const whole = tiles * size.components
  return packets * layers * whole <= most.packets && blocks * whole <= most.blocks
}
