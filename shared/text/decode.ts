/** A text, or why bytes are none. */
export type Decoded = { readonly text: string } | { readonly flaw: string }

const strict = new TextDecoder('utf-8', { fatal: true })

/** UTF-16 with its mark, or of Latin letters without one, as some shells write what is sent to a file. */
const isUtf16 = ([first, second, third, fourth]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) ||
  (first === 0xfe && second === 0xff) ||
  (first === 0 && second !== 0 && third === 0) ||
  (second === 0 && first !== 0 && fourth === 0)

/**
 * Bytes from outside as text: UTF-8, with or without a byte order mark, and nothing else. What cannot be read is said,
 * never replaced: a sign in its place would be printed in a name.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  if (isUtf16(bytes)) return { flaw: 'UTF-16, not UTF-8: save it as UTF-8' }
  try {
    return { text: strict.decode(bytes) }
  } catch {
    return { flaw: 'not UTF-8: save it as UTF-8' }
  }
}
