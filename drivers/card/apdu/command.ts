/**
 * Selects by absolute path under the MF, file identifiers one after the other (ISO 7816-4 §11.1.1, P1 08, P2 0C: no
 * FCI).
 */
export const selectPath = (path: readonly number[]): Uint8Array => {
  const data = path.flatMap((id) => [id >> 8, id & 0xff])
  return Uint8Array.of(0x00, 0xa4, 0x08, 0x0c, data.length, ...data)
}

/** Selects an application by its identifier (ISO 7816-4, P1 04, P2 0C: no FCI, which every generation accepts). */
export const selectApplication = (aid: Uint8Array): Uint8Array =>
  Uint8Array.of(0x00, 0xa4, 0x04, 0x0c, aid.length, ...aid)

/** READ BINARY of `length` bytes (1 to 256) at `offset` (0 to 7FFF) of the current file, short APDU. */
export const readBinary = (offset: number, length: number): Uint8Array =>
  Uint8Array.of(0x00, 0xb0, (offset >> 8) & 0x7f, offset & 0xff, length & 0xff)

/** GET RESPONSE of `length` bytes (1 to 256). */
export const getResponse = (length: number): Uint8Array => Uint8Array.of(0x00, 0xc0, 0x00, 0x00, length & 0xff)

/** INTERNAL AUTHENTICATE without Le, as T=0 cards take it. */
export const internalAuthenticate = (algorithm: number, key: number, data: Uint8Array): Uint8Array =>
  Uint8Array.of(0x00, 0x88, algorithm, key, data.length, ...data)
