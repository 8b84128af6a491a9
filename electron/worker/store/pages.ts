import { createHmac, pbkdf2Sync } from 'node:crypto'

/**
 * How the pages of the register are sealed, by the format of SQLCipher 4 as SQLite3 Multiple Ciphers writes it: pages
 * of 4096 bytes, of which the last 64 are the HMAC-SHA-512 of what stands before and of the page's number (32 bits,
 * little endian). The first page begins with the salt (16 bytes) and 8 bytes that stay in clear, which are not sealed.
 */
export const pageSize = 4096
/**
 * The one page that SQLite never writes: the one with the byte that it locks, at 1 GiB (SQLite file format, 1.4). A register
 * that has grown beyond it has a hole there.
 */
export const lockBytePage = 0x40000000 / pageSize + 1
const sealLength = 64
const saltLength = 16
const clearLength = 24
/** The key of the seals comes from the register's with the salt changed by this, in 2 rounds. */
const saltMask = 0x3a
const rounds = 2

/**
 * Tells of each page of a register whether it is as SQLite wrote it: a disk that changed one bit of it is found out
 * without asking SQLite, and so in as small steps as one likes.
 * @param key of the register, raw 32 bytes
 * @param first the first page of the file, or its first 16 bytes
 * @returns whether a page of so many bytes, with that number (from 1), is whole
 */
export function pageCheck(key: Uint8Array, first: Uint8Array): (page: Uint8Array, number: number) => boolean {
  const salt = first.subarray(0, saltLength).map((byte) => byte ^ saltMask)
  const sealKey = pbkdf2Sync(key, salt, rounds, 32, 'sha512')
  const place = Buffer.alloc(4)
  return (page, number) => {
    if (page.byteLength !== pageSize) return false
    if (number === lockBytePage) return true
    place.writeUInt32LE(number)
    const sealed = page.subarray(number === 1 ? clearLength : 0, pageSize - sealLength)
    const seal = createHmac('sha512', sealKey).update(sealed).update(place).digest()
    return seal.equals(page.subarray(pageSize - sealLength))
  }
}
