const field = (tag: number, value: Uint8Array): Uint8Array =>
  Buffer.concat([
    Uint8Array.of(tag),
    Buffer.alloc(Math.floor(value.length / 255), 0xff),
    Uint8Array.of(value.length % 255),
    value,
  ])

/** The TLV of identity and address files: each FF in the length adds 255 and goes on. */
export const encodeFields = (fields: Iterable<readonly [number, Uint8Array]>): Uint8Array =>
  Buffer.concat([...fields].map(([tag, value]) => field(tag, value)))
