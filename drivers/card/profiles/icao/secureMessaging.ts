import { createCipheriv, timingSafeEqual } from 'node:crypto'
import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { concat } from './bytes.ts'
import { blockOf, decrypt, encrypt, mac, pad, unpad, type Cipher } from './cipher.ts'
import { readTlvs, tlv } from './ber.ts'

/** Session keys and the send sequence counter (8 bytes for 3DES, 16 for AES). */
export interface SessionKeys {
  readonly cipher: Cipher
  readonly enc: Uint8Array
  readonly mac: Uint8Array
  readonly ssc: Uint8Array
}

/**
 * A channel whose commands and answers travel under secure messaging (Doc 9303-11 §9.8). Answers look like bare ones:
 * data and
 * the status word that the MAC covers. After a bare or forged answer the session is over: every later command is
 * `card.refused`.
 */
export function openSecureMessaging(channel: CardChannel, keys: SessionKeys): CardChannel {
  const session = createSession(keys)
  let over = false
  const end = (detail: string) => {
    over = true
    return err(faultOf('card.refused', detail))
  }
  return {
    reader: channel.reader,
    atr: channel.atr,
    async transmit(command): Promise<Result<Uint8Array>> {
      if (over) return err(faultOf('card.refused', 'secure messaging is over'))
      const answer = await channel.transmit(session.wrap(command))
      if (!answer.ok) return answer
      const opened = session.unwrap(answer.value)
      return opened === undefined
        ? end(
            `${answer.value.length > 2 ? 'forged' : 'unprotected'} answer ${Buffer.from(answer.value.subarray(-2)).toString('hex')}`,
          )
        : ok(opened)
    },
  }
}

/** Protects commands and opens answers, one after the other. Exported for the vectors of the standard. */
export function createSession(keys: SessionKeys): {
  wrap(command: Uint8Array): Uint8Array
  unwrap(answer: Uint8Array): Uint8Array | undefined
} {
  const { cipher } = keys
  const block = blockOf(cipher)
  const ssc = Uint8Array.from(keys.ssc)
  const step = (): void => {
    for (let at = ssc.length - 1; at >= 0; at -= 1) {
      ssc[at] = ((ssc[at] ?? 0) + 1) & 0xff
      if (ssc[at] !== 0) return
    }
  }
  const iv = (): Uint8Array => (cipher === '3DES' ? new Uint8Array(8) : ecb(cipher, keys.enc, ssc))
  const macOf = (data: Uint8Array): Uint8Array =>
    mac(cipher, keys.mac, cipher === '3DES' ? concat(ssc, data) : pad(concat(ssc, data), block))

  return {
    wrap(command) {
      step()
      const { header, data, le, extended } = takeApart(command)
      const secured = Uint8Array.of((header[0] ?? 0) | 0x0c, ...header.subarray(1))
      const oddInstruction = ((header[1] ?? 0) & 1) === 1
      const sealed = data.length === 0 ? undefined : encrypt(cipher, keys.enc, pad(data, block), iv())
      const body = concat(
        sealed === undefined
          ? new Uint8Array(0)
          : oddInstruction
            ? tlv(0x85, sealed)
            : tlv(0x87, concat(Uint8Array.of(1), sealed)),
        le === undefined ? new Uint8Array(0) : tlv(0x97, le),
      )
      const covered = body.length === 0 ? pad(secured, block) : concat(pad(secured, block), body)
      const whole = concat(body, tlv(0x8e, macOf(covered)))
      return extended || whole.length > 255
        ? concat(secured, Uint8Array.of(0, whole.length >> 8, whole.length & 0xff), whole, Uint8Array.of(0, 0))
        : concat(secured, Uint8Array.of(whole.length), whole, Uint8Array.of(0))
    },
    unwrap(answer) {
      step()
      const objects = readTlvs(answer.subarray(0, -2))
      const find = (tag: number) => objects?.find((object) => object.tag === tag)
      const [status, proof] = [find(0x99), find(0x8e)]
      if (status?.value.length !== 2 || proof?.value.length !== 8) return undefined
      const sealed = find(0x87) ?? find(0x85)
      const covered = concat(sealed?.bytes ?? new Uint8Array(0), status.bytes)
      if (!timingSafeEqual(macOf(covered), proof.value)) return undefined
      if (sealed === undefined) return Uint8Array.from(status.value)
      const cryptogram = sealed.tag === 0x87 ? sealed.value.subarray(1) : sealed.value
      if (cryptogram.length === 0 || cryptogram.length % block !== 0 || (sealed.tag === 0x87 && sealed.value[0] !== 1))
        return undefined
      const data = unpad(decrypt(cipher, keys.enc, cryptogram, iv()))
      return data === undefined ? undefined : concat(data, status.value)
    },
  }
}

function ecb(cipher: Cipher, key: Uint8Array, data: Uint8Array): Uint8Array {
  const worker = createCipheriv(`aes-${cipher.slice(4)}-ecb`, key, null).setAutoPadding(false)
  return concat(worker.update(data), worker.final())
}

/**
 * Splits a command into header, data and the Le field as DO97 carries it (ISO 7816-4 §5.1, cases 1 to 4, short and
 * extended).
 */
function takeApart(command: Uint8Array): {
  header: Uint8Array
  data: Uint8Array
  le: Uint8Array | undefined
  extended: boolean
} {
  const header = command.subarray(0, 4)
  const rest = command.subarray(4)
  const none = new Uint8Array(0)
  if (rest.length === 0) return { header, data: none, le: undefined, extended: false }
  if (rest.length === 1) return { header, data: none, le: rest, extended: false }
  if (rest[0] === 0) {
    if (rest.length === 3) return { header, data: none, le: rest.subarray(1), extended: true }
    const length = ((rest[1] ?? 0) << 8) | (rest[2] ?? 0)
    const le = rest.subarray(3 + length)
    return { header, data: rest.subarray(3, 3 + length), le: le.length === 0 ? undefined : le, extended: true }
  }
  const length = rest[0] ?? 0
  const le = rest.subarray(1 + length)
  return { header, data: rest.subarray(1, 1 + length), le: le.length === 0 ? undefined : le, extended: false }
}

/**
 * The most bytes that one protected READ BINARY may ask for so that its answer fits: of 256 bytes, 231 with 3DES, 223
 * with AES.
 * DO99 takes 4, DO8E 10, the status 2 in an answer of extended length, and DO87 4 to 6 beside whole blocks, of which
 * one byte at
 * least is padding.
 */
export function readLimit(cipher: Cipher, answer = 256): number {
  const block = blockOf(cipher)
  return Math.floor((answer - 4 - 10 - (answer > 256 ? 8 : 4)) / block) * block - 1
}
