import { readTlvs, type Tlv } from './ber.ts'

const latin = new TextDecoder('latin1')
const utf8 = new TextDecoder()
const utf16 = (bytes: Uint8Array): string => new TextDecoder('utf-16be').decode(bytes)
const utf32 = (bytes: Uint8Array): string =>
  Array.from({ length: bytes.length >> 2 }, (_, at) => Buffer.from(bytes).readUInt32BE(4 * at))
    .map((code) => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'))
    .join('')

/** The string types that a name may be written in (X.680 §41), and how each is read. */
const strings: Readonly<Record<number, (bytes: Uint8Array) => string>> = {
  0x0c: (bytes) => utf8.decode(bytes),
  0x12: (bytes) => latin.decode(bytes),
  0x13: (bytes) => latin.decode(bytes),
  0x14: (bytes) => latin.decode(bytes),
  0x16: (bytes) => latin.decode(bytes),
  0x1a: (bytes) => latin.decode(bytes),
  0x1c: utf32,
  0x1e: utf16,
}

/** A value as it is compared: without case, spaces outside, and runs of them for one. */
const comparable = ({ tag, value, bytes }: Tlv): string => {
  const read = strings[tag]
  return read === undefined
    ? `#${Buffer.from(bytes).toString('hex')}`
    : read(value).normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim()
}

/** One text for all ways to write the same name; undefined for bytes that are no name. */
function canonical(name: Uint8Array): string | undefined {
  const sequence = readTlvs(name)?.[0]
  const relative = sequence?.tag === 0x30 ? readTlvs(sequence.value) : undefined
  const parts = relative?.map((set) =>
    (readTlvs(set.value) ?? [])
      .map((one) => {
        const [type, value] = readTlvs(one.value) ?? []
        return type?.tag === 0x06 && value !== undefined
          ? [Buffer.from(type.value).toString('hex'), comparable(value)]
          : undefined
      })
      .sort((a, b) => ((a?.[0] ?? '') < (b?.[0] ?? '') ? -1 : 1)),
  )
  return parts === undefined || parts.some((set) => set.length === 0 || set.includes(undefined))
    ? undefined
    : JSON.stringify(parts)
}

/**
 * Whether two names in DER are the same name (RFC 5280 §7.1): by what they say, in whichever string types, case and
 * spacing. Bytes that are no names are the same when they are equal.
 */
export function isSameName(one: Uint8Array, other: Uint8Array): boolean {
  if (Buffer.compare(one, other) === 0) return true
  const said = canonical(one)
  return said !== undefined && said === canonical(other)
}
