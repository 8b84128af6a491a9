const block = 512
const padded = (size: number): number => Math.ceil(size / block) * block

/** A file whose bytes come in pieces, so many of them in all. */
export interface StreamedEntry {
  /** ASCII, at most 100 characters. */
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly pieces: () => Iterable<Uint8Array>
}

/**
 * A POSIX archive (ustar, IEEE 1003.1 pax) that any `tar` reads, piece by piece: one entry is held at a time.
 * Throws a RangeError when an entry is not as long as it said.
 */
export function* packTar(entries: Iterable<StreamedEntry>): Generator<Uint8Array, void> {
  for (const { name, size, pieces } of entries) {
    yield header(name, size)
    let written = 0
    for (const piece of pieces()) {
      written += piece.byteLength
      yield piece
    }
    if (written !== size) throw new RangeError(`an entry of ${String(size)} bytes brought ${String(written)}`)
    yield new Uint8Array(padded(size) - size)
  }
  yield new Uint8Array(2 * block)
}

/** Reads an archive of plain files; nothing when it is none, is cut short, or names something twice. */
export function unpackTar(archive: Uint8Array): ReadonlyMap<string, Uint8Array> | undefined {
  const entries = new Map<string, Uint8Array>()
  for (let at = 0; at + block <= archive.byteLength;) {
    const head = archive.subarray(at, at + block)
    if (head.every((byte) => byte === 0)) return entries
    const name = textAt(head, 0, 100)
    const size = Number.parseInt(textAt(head, 124, 12), 8)
    const sound = Number.parseInt(textAt(head, 148, 8), 8) === checksum(head) && textAt(head, 156, 1) === '0'
    const end = at + block + size
    if (!sound || !Number.isSafeInteger(size) || size < 0 || end > archive.byteLength || entries.has(name))
      return undefined
    entries.set(name, archive.subarray(at + block, end))
    at += block + padded(size)
  }
  return undefined
}

const header = (name: string, size: number): Uint8Array => {
  if (!/^[\x21-\x7e]{1,100}$/.test(name)) throw new RangeError('a name of 1 to 100 ASCII characters')
  const head = new Uint8Array(block)
  const write = (text: string, at: number): void => {
    head.set(new TextEncoder().encode(text), at)
  }
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`
  write(name, 0)
  write(octal(0o600, 7) + octal(0, 7) + octal(0, 7) + octal(size, 11) + octal(0, 11), 100)
  write('0', 156)
  write('ustar\x0000', 257)
  write(`${checksum(head).toString(8).padStart(6, '0')}\0 `, 148)
  return head
}

/** The sum of the header's bytes with its own field as spaces. */
const checksum = (head: Uint8Array): number =>
  head.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0)

const textAt = (head: Uint8Array, at: number, length: number): string => {
  const field = head.subarray(at, at + length)
  const end = field.indexOf(0)
  return new TextDecoder('latin1').decode(end === -1 ? field : field.subarray(0, end))
}
