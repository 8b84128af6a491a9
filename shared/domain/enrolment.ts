/** Crockford's base 32: no I, L, O and U, which are taken for other letters when they are read out. */
export const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Bytes of a key's thumbprint that people compare: 160 bits, in eight groups of four. */
const shownBytes = 20
/** Bytes of a one-time code: 60 bits that hold for a day at most. */
export const codeLetters = 12

/** The same letters whatever case, gaps and lookalikes they were typed with: `k7f2 9mqx` is `K7F29MQX`. */
export const plainCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/[^0-9A-Z]/g, '')

/** Groups of four, as people read them out. */
export const groupsOf = (letters: string): readonly string[] => letters.match(/.{1,4}/g) ?? []

/** Five bits a letter; bits that make no whole letter are left out. */
export function lettersOf(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) text += letters[(held >> (bits - 5)) & 31] ?? ''
    held &= (1 << bits) - 1
  }
  return text
}

/**
 * The fingerprint of a key as both sides show it, from its RFC 7638 thumbprint in base64url: `5ZK9-0QTM-…`, eight
 * groups.
 */
export const fingerprintOf = (kid: string): string =>
  groupsOf(lettersOf(bytesOf(kid).subarray(0, shownBytes))).join('-')

const bytesOf = (base64url: string): Uint8Array =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
