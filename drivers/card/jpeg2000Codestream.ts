// Markers of ISO/IEC 15444-1 table A.2.
const marker = { start: 0xff4f, tilePart: 0xff90, data: 0xff93, end: 0xffd9 } as const
/** SOT, its ten bytes and SOD: the shortest tile-part there is. */
const shortestPart = 14

/**
 * A codestream whose markers lead from its start to its end: every segment inside what it belongs to, every tile-part
 * as long as it
 * says (ISO/IEC 15444-1 §A.4). Undefined for any other: the decoder follows lengths backwards as well, for ever. A last
 * tile-part
 * that leaves its length open has it written in; what stands behind the end is left away.
 */
export function wholeCodestream(codestream: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const whole = Uint8Array.from(codestream)
  const view = new DataView(whole.buffer)
  const at16 = (at: number): number => (at + 2 <= whole.length ? view.getUint16(at) : -1)
  /** Where the segments from `at` on give way to a marker; undefined where they do not. */
  const skipSegments = (from: number, until: number, end: number): number | undefined => {
    for (let at = from; at + 4 <= end; at += 2 + at16(at + 2)) {
      if (at16(at) === until) return at
      if (at16(at) < 0xff50 || at16(at) >= marker.tilePart || at16(at + 2) < 2) return undefined
    }
    return undefined
  }
  if (at16(0) !== marker.start) return undefined
  let at = skipSegments(2, marker.tilePart, whole.length)
  if (at === undefined) return undefined
  for (; at16(at) === marker.tilePart;) {
    if (at + shortestPart > whole.length || at16(at + 2) !== 10) return undefined
    const open = view.getUint32(at + 6) === 0
    if (open) view.setUint32(at + 6, endOf(whole) - at)
    const end: number = at + view.getUint32(at + 6)
    if (end < at + shortestPart || end > whole.length || skipSegments(at + 12, marker.data, end) === undefined)
      return undefined
    at = end
  }
  return at === whole.length || at16(at) === marker.end ? whole.subarray(0, at + 2) : undefined
}

/** The marker segments of a whole codestream, in its header and in those of its tile-parts, each from its marker on. */
export function* segmentsOf(whole: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength)
  let at = 2
  while (at + 4 <= whole.length && view.getUint16(at) !== marker.end) {
    const part = view.getUint16(at) === marker.tilePart
    const end = part ? at + view.getUint32(at + 6) : 0
    if (part) at += 12
    while (at + 4 <= whole.length && view.getUint16(at) !== (part ? marker.data : marker.tilePart)) {
      const length = 2 + view.getUint16(at + 2)
      yield whole.subarray(at, at + length)
      at += length
    }
    if (part) at = end
  }
}

/** Where the image ends: before the last two bytes when they are the end marker. */
const endOf = (bytes: Uint8Array): number =>
  bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9 ? bytes.length - 2 : bytes.length
