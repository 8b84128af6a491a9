/** One DER element (X.690 §8.1) of up to 65 535 bytes: tag, length, and the parts as its content. */
export const der = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Uint8Array.of(tag, ...lengthOf(body.length)), body])
}

const lengthOf = (length: number): number[] =>
  length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]

/** SEQUENCE of parts that are DER already. */
export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => der(0x30, ...parts)

/** An object identifier, `1.2.840.10045.4.3.3`; arcs below 2^28. */
export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...arcs] = dotted.split('.').map(Number)
  const base128 = (arc: number): number[] => {
    const digits = [arc & 0x7f]
    for (let rest = arc >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 0x7f) | 0x80)
    return digits
  }
  return der(0x06, Uint8Array.from([first * 40 + second, ...arcs.flatMap(base128)]))
}

/** A non-negative integer, from its big-endian bytes. */
export const integer = (bytes: Uint8Array): Uint8Array =>
  der(0x02, (bytes[0] ?? 0) >= 0x80 ? Uint8Array.of(0, ...bytes) : bytes)

/** UTCTime, which certificates use until 2049. */
export const utcTime = (date: Date): Uint8Array =>
  der(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`))

/** PrintableString: ASCII only. */
export const printable = (text: string): Uint8Array => der(0x13, Buffer.from(text, 'latin1'))
/** UTF8String. */
export const utf8 = (text: string): Uint8Array => der(0x0c, Buffer.from(text))
/** BIT STRING; `unused` bits at the end of the last byte do not count. */
export const bitString = (bytes: Uint8Array, unused = 0): Uint8Array => der(0x03, Uint8Array.of(unused), bytes)
/** OCTET STRING. */
export const octets = (bytes: Uint8Array): Uint8Array => der(0x04, bytes)
/** BOOLEAN true. */
export const yes = Uint8Array.of(0x01, 0x01, 0xff)
/** NULL. */
export const nothing = Uint8Array.of(0x05, 0x00)
