import { concat } from './bytes.ts'

/** Objects inside one another and in all: signed objects are ten deep, and a list of all countries has some thousands. */
const deepest = 24
const most = 200_000

const constructed = 0x20
const octetString = 0x04

/**
 * The same ASN.1 value with definite lengths, and each string of octets in one piece. CMS may come in BER (RFC 5652
 * §2): with lengths that are open until an end mark, and content in pieces. What is in DER already keeps its very
 * bytes, so that signatures and hashes over them hold. Undefined for bytes that are no such object. Total and bounded.
 */
export function toDefinite(bytes: Uint8Array): Uint8Array | undefined {
  const counter = { left: most }
  return rewrite(bytes, 0, 0, counter)?.bytes
}

interface Rewritten {
  readonly bytes: Uint8Array
  /** Where the object ends in what was read. */
  readonly end: number
}

function rewrite(source: Uint8Array, at: number, depth: number, counter: { left: number }): Rewritten | undefined {
  counter.left -= 1
  if (depth > deepest || counter.left < 0) return undefined
  const first = source[at]
  if (first === undefined) return undefined
  let next = at + 1
  if ((first & 0x1f) === 0x1f) {
    while (((source[next] ?? 0) & 0x80) !== 0) next += 1
    next += 1
  }
  const tag = source.subarray(at, next)
  const lead = source[next]
  if (lead === undefined) return undefined
  next += 1
  const open = lead === 0x80
  let length = lead
  if (lead > 0x80) {
    const count = lead & 0x7f
    if (count > 4 || next + count > source.length) return undefined
    length = source.subarray(next, next + count).reduce((sum, byte) => sum * 256 + byte, 0)
    next += count
  }
  const end = open ? source.length : next + length
  if (end > source.length) return undefined
  if ((first & constructed) === 0) return open ? undefined : { bytes: source.subarray(at, end), end }
  const parts: Uint8Array[] = []
  let changed = open || first === (octetString | constructed)
  let inside = next
  for (;;) {
    if (open && source[inside] === 0 && source[inside + 1] === 0) break
    if (!open && inside === end) break
    const child = rewrite(source, inside, depth + 1, counter)
    // Not a row of objects: padded templates and the like keep their bytes, and whoever reads them decides.
    if (child === undefined || child.end > end) return open ? undefined : { bytes: source.subarray(at, end), end }
    changed ||= child.bytes.length !== child.end - inside
    parts.push(child.bytes)
    inside = child.end
  }
  const whole = open ? inside + 2 : end
  if (!changed) return { bytes: source.subarray(at, whole), end: whole }
  if (first !== (octetString | constructed)) return { bytes: withHead(tag, concat(...parts)), end: whole }
  // Pieces of a string: each is a string of octets of its own by now.
  const pieces = parts.map((part) => (part[0] === octetString ? valueOf(part) : undefined))
  return pieces.every((piece) => piece !== undefined)
    ? { bytes: withHead(Uint8Array.of(octetString), concat(...pieces)), end: whole }
    : undefined
}

/** The value of an object with a tag of one byte and a definite length. */
const valueOf = (object: Uint8Array): Uint8Array =>
  object.subarray((object[1] ?? 0) < 0x80 ? 2 : 2 + ((object[1] ?? 0) & 0x7f))

function withHead(tag: Uint8Array, value: Uint8Array): Uint8Array {
  if (value.length < 0x80) return concat(tag, Uint8Array.of(value.length), value)
  const length: number[] = []
  for (let left = value.length; left > 0; left = Math.floor(left / 256)) length.unshift(left % 256)
  return concat(tag, Uint8Array.of(0x80 | length.length, ...length), value)
}
