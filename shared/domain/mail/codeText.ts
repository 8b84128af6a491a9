/**
 * A text of any script in letters of QR's alphanumeric set: what is not of it stands as its UTF-8 in hexadecimal
 * (`%C3%89`).
 */
export const codedText = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => {
    const letter = String.fromCharCode(byte)
    return /[0-9A-Z.-]/.test(letter) ? letter : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')

/** The text again; nothing where it is none. */
export function decodedText(written: string): string | undefined {
  try {
    return decodeURIComponent(written)
  } catch {
    return undefined
  }
}
