import { createCipheriv, timingSafeEqual } from 'node:crypto'
import { readTlvs, tlv } from '../../card/profiles/icao/ber.ts'
import { concat } from '../../card/profiles/icao/bytes.ts'
import { blockOf, decrypt, encrypt, mac, pad, unpad } from '../../card/profiles/icao/cipher.ts'
import type { SessionKeys } from '../../card/profiles/icao/secureMessaging.ts'

/** Secure messaging as the chip does it. */
export interface ChipSession {
  /** The bare command inside a protected one; undefined when its MAC is wrong. */
  open(command: Uint8Array): Uint8Array | undefined
  /** Protects data and status. */
  seal(answer: Uint8Array): Uint8Array
}

/** The other end of `openSecureMessaging` (Doc 9303-11 §9.8). */
export function createChipSession(keys: SessionKeys): ChipSession {
  const { cipher } = keys
  const block = blockOf(cipher)
  let counter = BigInt(`0x${Buffer.from(keys.ssc).toString('hex')}`)
  const ssc = (): Uint8Array => Buffer.from(counter.toString(16).padStart(block * 2, '0'), 'hex')
  const iv = (): Uint8Array => {
    if (cipher === '3DES') return new Uint8Array(8)
    return createCipheriv(`aes-${cipher.slice(4)}-ecb`, keys.enc, null)
      .setAutoPadding(false)
      .update(ssc())
  }
  const macOf = (data: Uint8Array): Uint8Array =>
    mac(cipher, keys.mac, cipher === '3DES' ? concat(ssc(), data) : pad(concat(ssc(), data), block))
  return {
    open(command) {
      counter += 1n
      const extended = command[4] === 0 && command.length > 7
      const body = extended ? command.subarray(7, -2) : command.subarray(5, -1)
      const objects = readTlvs(body) ?? []
      const find = (tag: number) => objects.find((object) => object.tag === tag)
      const proof = find(0x8e)
      const covered = objects.filter((object) => object.tag !== 0x8e).map((object) => object.bytes)
      const header = pad(command.subarray(0, 4), block)
      if (
        proof?.value.length !== 8 ||
        !timingSafeEqual(macOf(covered.length === 0 ? header : concat(header, ...covered)), proof.value)
      )
        return undefined
      const sealed = find(0x87) ?? find(0x85)
      const cryptogram = sealed?.tag === 0x87 ? sealed.value.subarray(1) : sealed?.value
      const data = cryptogram === undefined ? new Uint8Array(0) : unpad(decrypt(cipher, keys.enc, cryptogram, iv()))
      if (data === undefined) return undefined
      const le = find(0x97)?.value ?? new Uint8Array(0)
      const bare = Uint8Array.of((command[0] ?? 0) & 0xf3, ...command.subarray(1, 4))
      // Two bytes of Le, or data beyond 255, stand for the extended form.
      const long = le.length === 2 || data.length > 0xff
      const lc =
        data.length === 0 ? (long ? [0] : []) : long ? [0, data.length >> 8, data.length & 0xff] : [data.length]
      return concat(bare, Uint8Array.from(lc), data, long && le.length === 1 ? concat(Uint8Array.of(0), le) : le)
    },
    seal(answer) {
      counter += 1n
      const data = answer.subarray(0, -2)
      const body =
        data.length === 0
          ? new Uint8Array(0)
          : tlv(0x87, concat(Uint8Array.of(1), encrypt(cipher, keys.enc, pad(data, block), iv())))
      const covered = concat(body, tlv(0x99, answer.subarray(-2)))
      return concat(covered, tlv(0x8e, macOf(covered)), answer.subarray(-2))
    },
  }
}
