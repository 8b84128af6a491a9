import { createCipheriv, randomBytes } from 'node:crypto'
import { pow } from '@noble/curves/abstract/modular.js'
import { readTlvs, tlv } from '../../card/profiles/icao/ber.ts'
import { concat, fixedBytes, numberOf } from '../../card/profiles/icao/bytes.ts'
import { blockOf, deriveKey, encrypt, pad } from '../../card/profiles/icao/cipher.ts'
import { genericMapping, type Group } from '../../card/profiles/icao/group.ts'
import { chipNonceLength, integratedMapping } from '../../card/profiles/icao/integratedMapping.ts'
import { authenticationToken, groupOf, passwordSecret, type PacePassword } from '../../card/profiles/icao/pace.ts'
import type { PaceInfo } from '../../card/profiles/icao/paceInfo.ts'
import type { SessionKeys } from '../../card/profiles/icao/secureMessaging.ts'

/** The passwords of a chip, and its private key for chip authentication mapping. */
export interface PaceSecrets {
  readonly can?: string
  readonly mrzInformation: string
  readonly mappingSecret?: bigint
  /** Wrong access numbers until the chip takes none any more; without it they are not counted. */
  readonly tries?: number
}

/** The chip's side of PACE, from MSE:Set AT to the tokens. */
export interface ChipPace {
  /** MSE:Set AT; the status word. */
  set(data: Uint8Array): number
  /** GENERAL AUTHENTICATE: a status word, or the objects of the answer and at the end the session. */
  step(data: Uint8Array): number | { readonly answer: Uint8Array; readonly session?: SessionKeys }
}

interface Running {
  readonly info: PaceInfo
  readonly group: Group
  readonly nonce: Uint8Array
  readonly secret: Uint8Array
  /** A wrong password takes a try. */
  readonly counted: boolean
  generator?: Uint8Array
  mappingScalar?: bigint
  keys?: { readonly enc: Uint8Array; readonly mac: Uint8Array; readonly own: Uint8Array; readonly theirs: Uint8Array }
}

const randomScalar = (order: bigint): bigint => (numberOf(randomBytes(80)) % (order - 1n)) + 1n
const objectsOf = (data: Uint8Array) => readTlvs(data) ?? []

/** Doc 9303-11 §4.4 as the chip does it, for every mapping, curve and MODP group. */
export function createChipPace(offers: readonly PaceInfo[], secrets: PaceSecrets): ChipPace {
  let running: Running | undefined
  let left = secrets.tries

  const passwordOf = (reference: number | undefined): PacePassword | undefined =>
    reference === 1
      ? { kind: 'MRZ', information: secrets.mrzInformation }
      : reference === 2 && secrets.can !== undefined
        ? { kind: 'CAN', number: secrets.can }
        : undefined

  const map = (state: Running, theirs: Uint8Array): Uint8Array | number => {
    const { group, info, nonce } = state
    if (info.mapping === 'IM') {
      const generator = integratedMapping(group, info.cipher, nonce, theirs)
      if (generator === undefined) return 0x6a80
      state.generator = generator
      return tlv(0x82, new Uint8Array(0))
    }
    if (!group.isKey(theirs)) return 0x6a80
    state.mappingScalar = randomScalar(group.order)
    state.generator = genericMapping(group, nonce, group.times(theirs, state.mappingScalar))
    return tlv(0x82, group.times(group.generator, state.mappingScalar))
  }

  const agree = (state: Running, theirs: Uint8Array): Uint8Array | number => {
    const { group, info, generator } = state
    if (generator === undefined || !group.isKey(theirs)) return 0x6a80
    const scalar = randomScalar(group.order)
    const own = group.times(generator, scalar)
    const shared = group.secretOf(group.times(theirs, scalar))
    state.keys = { enc: deriveKey(shared, 1, info.cipher), mac: deriveKey(shared, 2, info.cipher), own, theirs }
    return tlv(0x84, own)
  }

  /** The factor between the chip's own key and the one of the mapping step, sealed under the new key. */
  const sealedFactor = ({ group, mappingScalar, info }: Running, enc: Uint8Array): Uint8Array => {
    if (info.mapping !== 'CAM' || mappingScalar === undefined || secrets.mappingSecret === undefined)
      return new Uint8Array(0)
    const inverse = pow(secrets.mappingSecret, group.order - 2n, group.order)
    const factor = fixedBytes((mappingScalar * inverse) % group.order, Math.ceil(group.order.toString(16).length / 2))
    const iv = createCipheriv(`aes-${info.cipher.slice(4)}-ecb`, enc, null)
      .setAutoPadding(false)
      .update(new Uint8Array(16).fill(0xff))
    return tlv(0x8a, encrypt(info.cipher, enc, pad(factor, 16), iv))
  }

  return {
    set(data) {
      const find = (tag: number) => objectsOf(data).find((object) => object.tag === tag)?.value
      const info = offers.find(
        (offer) =>
          Buffer.compare(offer.oid, find(0x80) ?? new Uint8Array(0)) === 0 &&
          (find(0x84) === undefined || find(0x84)?.[0] === offer.parameterId),
      )
      const password = passwordOf(find(0x83)?.[0])
      const group = info === undefined ? undefined : groupOf(info)
      if (info === undefined || group === undefined || password === undefined) return 0x6a88
      const counted = password.kind === 'CAN' ? left : undefined
      if (counted === 0) return 0x6983
      running = {
        counted: counted !== undefined,
        info,
        group,
        nonce: randomBytes(chipNonceLength(info.cipher)),
        secret: passwordSecret(password),
      }
      return counted === undefined || counted === secrets.tries ? 0x9000 : 0x63c0 + counted
    },
    step(data) {
      const state = running
      if (state === undefined) return 0x6985
      const object = objectsOf(objectsOf(data)[0]?.value ?? new Uint8Array(0))[0]
      const { info, group } = state
      if (object === undefined)
        return { answer: tlv(0x80, encrypt(info.cipher, deriveKey(state.secret, 3, info.cipher), state.nonce)) }
      if (object.tag === 0x81 || object.tag === 0x83) {
        const answer = (object.tag === 0x81 ? map : agree)(state, object.value)
        return typeof answer === 'number' ? answer : { answer }
      }
      if (object.tag !== 0x85 || state.keys === undefined) return 0x6985
      running = undefined
      const { enc, mac, own, theirs } = state.keys
      if (Buffer.compare(authenticationToken(info, group, mac, own), object.value) !== 0) {
        if (!state.counted || left === undefined) return 0x6300
        left -= 1
        return 0x63c0 + left
      }
      if (state.counted) left = secrets.tries
      const answer = concat(tlv(0x86, authenticationToken(info, group, mac, theirs)), sealedFactor(state, enc))
      return { answer, session: { cipher: info.cipher, enc, mac, ssc: new Uint8Array(blockOf(info.cipher)) } }
    },
  }
}
