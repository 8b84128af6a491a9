const utf8 = new TextDecoder('utf-8', { fatal: true })
const latin1 = new TextDecoder('latin1')

/**
 * What a reader's bytes say: UTF-8 where they are, else ISO/IEC 8859-1, the default of 2D symbols (ISO/IEC 18004
 * §7.3.2). Total.
 */
export function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return latin1.decode(bytes)
  }
}
