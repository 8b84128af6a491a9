const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/** Base45 of RFC 9285: two bytes become three letters of QR's alphanumeric set. */
export function toBase45(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = at + 1 < bytes.length
    let rest = pair ? (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0) : (bytes[at] ?? 0)
    for (let digit = 0; digit < (pair ? 3 : 2); digit += 1) {
      text += alphabet.charAt(rest % 45)
      rest = Math.trunc(rest / 45)
    }
  }
  return text
}

/** The bytes of a base45 text; nothing when a letter, the length or a group's value is not of RFC 9285. */
export function fromBase45(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined
  const bytes: number[] = []
  for (let at = 0; at < text.length; at += 3) {
    const digits = [...text.slice(at, at + 3)].map((letter) => alphabet.indexOf(letter))
    if (digits.includes(-1)) return undefined
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0)
    if (digits.length === 3) {
      if (value > 0xffff) return undefined
      bytes.push(value >> 8, value & 0xff)
    } else {
      if (value > 0xff) return undefined
      bytes.push(value)
    }
  }
  return Uint8Array.from(bytes)
}
