import { concat } from './bytes.ts'

/** One BER data object: `bytes` is the whole of it, tag and length included; both are views, not copies. */
export interface Tlv {
  readonly tag: number
  readonly value: Uint8Array
  readonly bytes: Uint8Array
}

/** Encodes one data object with a tag of one or two bytes and a DER length up to FFFF. */
export function tlv(tag: number, value: Uint8Array): Uint8Array<ArrayBuffer> {
  const tagBytes = tag > 0xff ? [tag >> 8, tag & 0xff] : [tag]
  const length = value.length
  const lengthBytes = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return concat(Uint8Array.of(...tagBytes, ...lengthBytes), value)
}

/**
 * Reads the data objects that stand side by side in `bytes`: tags of up to three bytes, definite lengths of up to four.
 * Bytes 00 and FF before, between and behind them are padding (ISO 7816-4 §5.2.2.1). Undefined when the bytes are not
 * otherwise exactly a row of objects; never deeper than one level, so it cannot recurse.
 */
export function readTlvs(bytes: Uint8Array): readonly Tlv[] | undefined {
  const { found, end } = readRow(bytes)
  return end === bytes.length ? found : undefined
}

/** The same for templates of a chip, which hold more than objects on some: reads as far as it is a row of objects. */
export const readTemplate = (bytes: Uint8Array): readonly Tlv[] => readRow(bytes).found

function readRow(bytes: Uint8Array): { readonly found: readonly Tlv[]; readonly end: number } {
  const found: Tlv[] = []
  let at = 0
  while (at < bytes.length) {
    if (bytes[at] === 0x00 || bytes[at] === 0xff) {
      at += 1
      continue
    }
    const head = readHead(bytes, at)
    if (head === undefined || head.start + head.length > bytes.length) break
    found.push({
      tag: head.tag,
      value: bytes.subarray(head.start, head.start + head.length),
      bytes: bytes.subarray(at, head.start + head.length),
    })
    at = head.start + head.length
  }
  return { found, end: at }
}

/** Tag and length of the object at `at`; `start` is where its value begins. The value itself need not be there yet. */
export function readHead(
  bytes: Uint8Array,
  at: number,
): { readonly tag: number; readonly length: number; readonly start: number } | undefined {
  let next = at
  let tag = bytes[next++]
  if (tag === undefined) return undefined
  if ((tag & 0x1f) === 0x1f) {
    for (let more = 0; ; more += 1) {
      const byte = bytes[next++]
      if (byte === undefined || more === 2) return undefined
      tag = (tag << 8) | byte
      if ((byte & 0x80) === 0) break
    }
  }
  const first = bytes[next++]
  if (first === undefined) return undefined
  if (first < 0x80) return { tag, length: first, start: next }
  const count = first & 0x7f
  if (count === 0 || count > 4 || next + count > bytes.length) return undefined
  let length = 0
  for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[next++] ?? 0)
  return { tag, length, start: next }
}

/** The dotted text of an object identifier's value (X.690 §8.19); undefined when it is cut off. */
export function oidText(value: Uint8Array): string | undefined {
  const arcs: number[] = []
  let arc = 0
  for (const [at, byte] of value.entries()) {
    arc = arc * 128 + (byte & 0x7f)
    if ((byte & 0x80) !== 0) {
      if (at === value.length - 1 || arc > 2 ** 40) return undefined
      continue
    }
    if (arcs.length === 0) arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)))
    else arcs.push(arc)
    arc = 0
  }
  return arcs.length === 0 ? undefined : arcs.join('.')
}
