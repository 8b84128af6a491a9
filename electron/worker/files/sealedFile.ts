import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/**
 * How one file lies on the disk, in bytes: `GFIL`, version 1, the file's name in the folder (32), its size (8, big
 * endian), a random nonce (12), the content under AES-256-GCM, the tag (16). All before the content, and the SHA-256 of
 * the content, which stands in the register only, is authenticated with it (NIST SP 800-38D).
 */
const magic = Buffer.from('GFIL')
const version = 1
const nameLength = 32
const nonceLength = 12
export const tagLength = 16
export const headLength = magic.length + 1 + nameLength + 8 + nonceLength
const nonceAt = headLength - nonceLength
const sizeAt = nonceAt - 8
const nameAt = magic.length + 1

/** Bytes that are enciphered at once: of a large file no second copy is held. */
export const pieceSize = 1024 * 1024

/** What the key of a register makes: one key for contents, one for names, so that a name tells nothing of a content. */
export interface FileKeys {
  readonly content: Uint8Array
  readonly name: Uint8Array
}

/**
 * Two keys of 32 bytes by HKDF-SHA-256 (RFC 5869) from the register's key, which is random: no salt is needed.
 * @param key raw 32 bytes
 */
export const fileKeysOf = (key: Uint8Array): FileKeys => {
  const derived = (info: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), `guichet ${info} 1`, 32))
  return { content: derived('files'), name: derived('file names') }
}

/**
 * A file's name on the disk: the HMAC of its SHA-256, in lower-case hexadecimal. The bare hash would tell whoever holds
 * the disk whether a known document is among the files.
 * @param sha256 of the content, 64 hexadecimal digits
 */
export const nameOfFile = (keys: FileKeys, sha256: string): string =>
  createHmac('sha256', keys.name).update(sha256, 'latin1').digest('hex')

const associated = (head: Uint8Array, sha256: string): Uint8Array => Buffer.concat([head, Buffer.from(sha256, 'hex')])

/**
 * The bytes of a file as it is written, piece by piece, with a new nonce each time.
 * @param sha256 of `bytes`, 64 hexadecimal digits
 */
export function* sealFile(keys: FileKeys, sha256: string, bytes: Uint8Array): Generator<Uint8Array, void> {
  const head = Buffer.alloc(headLength)
  magic.copy(head)
  head[magic.length] = version
  Buffer.from(nameOfFile(keys, sha256), 'hex').copy(head, nameAt)
  head.writeBigUInt64BE(BigInt(bytes.byteLength), sizeAt)
  randomBytes(nonceLength).copy(head, nonceAt)
  const cipher = createCipheriv('aes-256-gcm', keys.content, head.subarray(nonceAt), { authTagLength: tagLength })
  cipher.setAAD(associated(head, sha256))
  yield head
  for (let at = 0; at < bytes.byteLength; at += pieceSize) yield cipher.update(bytes.subarray(at, at + pieceSize))
  cipher.final()
  yield cipher.getAuthTag()
}

/** What is wrong with a file: it is that of another content, or its bytes are not those that were written. */
export type Wrong = 'swapped' | 'damaged'

/**
 * What the head of a file says of itself, before anything is deciphered.
 * @returns the size of the content in bytes, or what is wrong
 */
export function readHead(keys: FileKeys, sha256: string, head: Uint8Array, length: number): number | Wrong {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  if (bytes.length < headLength || !bytes.subarray(0, magic.length).equals(magic) || bytes[magic.length] !== version)
    return 'damaged'
  if (bytes.toString('hex', nameAt, sizeAt) !== nameOfFile(keys, sha256)) return 'swapped'
  const size = Number(bytes.readBigUInt64BE(sizeAt))
  return size === length - headLength - tagLength ? size : 'damaged'
}

/** Deciphers a file whose head was read; `end` throws when a byte of it is not the one that was written. */
export function unsealer(
  keys: FileKeys,
  sha256: string,
  head: Uint8Array,
): { readonly update: (piece: Uint8Array) => Uint8Array; readonly end: (tag: Uint8Array) => void } {
  const decipher = createDecipheriv('aes-256-gcm', keys.content, head.subarray(nonceAt, headLength), {
    authTagLength: tagLength,
  })
  decipher.setAAD(associated(head.subarray(0, headLength), sha256))
  return {
    update: (piece) => decipher.update(piece),
    end: (tag) => {
      decipher.setAuthTag(tag)
      decipher.final()
    },
  }
}
