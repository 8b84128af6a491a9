import { randomBytes, timingSafeEqual } from 'node:crypto'
import { readTlvs, tlv } from '../../card/profiles/icao/ber.ts'
import { accessKeys } from '../../card/profiles/icao/bac.ts'
import { concat, fixedBytes, numberOf, xor } from '../../card/profiles/icao/bytes.ts'
import { blockOf, decrypt, deriveKey, encrypt, mac } from '../../card/profiles/icao/cipher.ts'
import { coordinateLength, standardCurve, type Curve } from '../../card/profiles/icao/curves.ts'
import { authenticationToken, genericMapping, passwordSecret, pointBytes, readPoint } from '../../card/profiles/icao/pace.ts'
import { parseCardAccess, type PaceInfo } from '../../card/profiles/icao/paceInfo.ts'
import { agreedKeys } from '../../card/profiles/icao/chipAuthentication.ts'
import type { SessionKeys } from '../../card/profiles/icao/secureMessaging.ts'
import type { VirtualCard } from '../belgian/applet.ts'
import { signChallenge, type ActiveKey, type ChipAuthenticationKey } from './chipKeys.ts'
import { createChipSession, type ChipSession } from './chipSession.ts'

/** A virtual eMRTD: its files by identifier, what opens it, and how. */
export interface ChipOptions {
  /** Application files: 011E EF.COM, 011D EF.SOD, 0101 DG1 … */
  readonly files: ReadonlyMap<number, Uint8Array>
  /** EF.CardAccess; without it the chip offers no PACE. */
  readonly cardAccess?: Uint8Array
  readonly can?: string
  readonly mrzInformation: string
  /** Basic access control beside (or instead of) PACE. */
  readonly bac: boolean
  /** Reads by short file identifier, as most chips do. */
  readonly shortFileIds?: boolean
  /** The private keys of the chip; a copied chip has others than its files say, or none. */
  readonly chipKey?: ChipAuthenticationKey
  readonly activeKey?: ActiveKey
}

const status = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff)
const emrtdAid = Buffer.from('A0000002471001', 'hex')

const randomScalar = (order: bigint): bigint => (numberOf(randomBytes(80)) % (order - 1n)) + 1n

interface Paced {
  readonly info: PaceInfo
  readonly curve: Curve
  readonly nonce: Uint8Array
  readonly secret: Uint8Array
  generator?: InstanceType<Curve>
  keys?: { readonly enc: Uint8Array; readonly mac: Uint8Array; readonly own: Uint8Array; readonly theirs: Uint8Array }
}

/** The chip side of Doc 9303-10 and -11: SELECT, READ BINARY, BAC, PACE with generic mapping, chip and active authentication, secure messaging. */
export function createIcaoChip(options: ChipOptions): VirtualCard {
  const offers = options.cardAccess === undefined ? [] : parseCardAccess(options.cardAccess)
  let application = false
  let file: Uint8Array | undefined
  let challenge: Uint8Array | undefined
  let paced: Paced | undefined
  let session: ChipSession | undefined
  let next: SessionKeys | undefined
  let agreeing: ChipAuthenticationKey | undefined

  const select = (p1: number, data: Uint8Array): Uint8Array => {
    if (p1 === 0x04) {
      if (Buffer.compare(data, emrtdAid) !== 0) return status(0x6a82)
      application = true
      file = undefined
      return status(0x9000)
    }
    const id = numberOf(data)
    if (id === 0x3f00n) {
      application = false
      file = undefined
      return status(0x9000)
    }
    const found = fileOf(Number(id))
    if (found instanceof Uint8Array) {
      file = found
      return status(0x9000)
    }
    return status(found)
  }
  const fileOf = (id: number): Uint8Array | number => {
    if (!application) return id === 0x011c && options.cardAccess !== undefined ? options.cardAccess : 0x6a82
    if (session === undefined) return 0x6982
    return options.files.get(id) ?? 0x6a82
  }
  const read = (ins: number, p1: number, p2: number, data: Uint8Array, le: number): Uint8Array => {
    let offset = (p1 << 8) | p2
    if (ins === 0xb1) offset = Number(numberOf(readTlvs(data)?.[0]?.value ?? new Uint8Array(0)))
    else if (p1 >= 0x80) {
      const found = options.shortFileIds === false ? 0x6a86 : fileOf(0x0100 | (p1 & 0x1f))
      if (typeof found === 'number') return status(found)
      file = found
      offset = p2
    }
    if (file === undefined) return status(0x6986)
    if (offset >= file.length) return status(0x6b00)
    const part = file.subarray(offset, offset + le)
    return concat(ins === 0xb1 ? tlv(0x53, part) : part, status(part.length < le ? 0x6282 : 0x9000))
  }
  const externalAuthenticate = (data: Uint8Array): Uint8Array => {
    if (!options.bac || challenge === undefined || data.length !== 40) return status(0x6985)
    const chip = challenge
    challenge = undefined
    const keys = accessKeys(options.mrzInformation)
    const cryptogram = data.subarray(0, 32)
    if (!timingSafeEqual(mac('3DES', keys.mac, cryptogram), data.subarray(32))) return status(0x6300)
    const plain = decrypt('3DES', keys.enc, cryptogram)
    if (!timingSafeEqual(plain.subarray(8, 16), chip)) return status(0x6300)
    const own = randomBytes(16)
    const sealed = encrypt('3DES', keys.enc, concat(chip, plain.subarray(0, 8), own))
    const seed = xor(plain.subarray(16, 32), own)
    next = { cipher: '3DES', enc: deriveKey(seed, 1, '3DES'), mac: deriveKey(seed, 2, '3DES'), ssc: concat(chip.subarray(4), plain.subarray(4, 8)) }
    return concat(sealed, mac('3DES', keys.mac, sealed), status(0x9000))
  }
  const setAuthentication = (p1: number, p2: number, data: Uint8Array): Uint8Array => {
    if (p1 === 0xc1) return setPace(data)
    agreeing = p1 === 0x41 ? options.chipKey : undefined
    if (agreeing === undefined) return status(0x6a80)
    return p2 === 0xa6 ? agree(agreeing, tlv(0x7c, tlv(0x80, readTlvs(data)?.find(({ tag }) => tag === 0x91)?.value ?? new Uint8Array(0)))) : status(0x9000)
  }
  const agree = (key: ChipAuthenticationKey, data: Uint8Array): Uint8Array => {
    agreeing = undefined
    const curve = standardCurve(key.parameterId)
    const point = curve === undefined ? undefined : readPoint(curve, readTlvs(readTlvs(data)?.[0]?.value ?? new Uint8Array(0))?.[0]?.value ?? new Uint8Array(0))
    if (curve === undefined || point === undefined) return status(0x6a80)
    next = agreedKeys(curve, key.cipher, point.multiply(key.secret))
    return concat(key.cipher === '3DES' ? new Uint8Array(0) : tlv(0x7c, new Uint8Array(0)), status(0x9000))
  }
  const setPace = (data: Uint8Array): Uint8Array => {
    const objects = readTlvs(data) ?? []
    const find = (tag: number) => objects.find((object) => object.tag === tag)?.value
    const info = offers.find((offer) => Buffer.compare(offer.oid, find(0x80) ?? new Uint8Array(0)) === 0 && (find(0x84) === undefined || find(0x84)?.[0] === offer.parameterId))
    const reference = find(0x83)?.[0]
    const curve = info?.parameterId === undefined ? undefined : standardCurve(info.parameterId)
    const password = reference === 1 ? ({ kind: 'MRZ', information: options.mrzInformation } as const) : reference === 2 && options.can !== undefined ? ({ kind: 'CAN', number: options.can } as const) : undefined
    if (info === undefined || curve === undefined || password === undefined) return status(0x6a88)
    paced = { info, curve, nonce: randomBytes(16), secret: passwordSecret(password) }
    return status(0x9000)
  }
  const generalAuthenticate = (data: Uint8Array): Uint8Array => {
    const state = paced
    const object = readTlvs(readTlvs(data)?.[0]?.value ?? new Uint8Array(0))?.[0]
    if (state === undefined) return status(0x6985)
    const answer = (tag: number, value: Uint8Array): Uint8Array => concat(tlv(0x7c, tlv(tag, value)), status(0x9000))
    const { curve, info } = state
    if (object === undefined) return answer(0x80, encrypt(info.cipher, deriveKey(state.secret, 3, info.cipher), state.nonce))
    const point = object.tag === 0x85 ? undefined : readPoint(curve, object.value)
    if (object.tag !== 0x85 && point === undefined) return status(0x6a80)
    if (object.tag === 0x81 && point !== undefined) {
      const scalar = randomScalar(curve.Fn.ORDER)
      state.generator = genericMapping(curve, state.nonce, point.multiply(scalar))
      return answer(0x82, pointBytes(curve.BASE.multiply(scalar)))
    }
    if (object.tag === 0x83 && point !== undefined && state.generator !== undefined) {
      const scalar = randomScalar(curve.Fn.ORDER)
      const own = pointBytes(state.generator.multiply(scalar))
      const shared = fixedBytes(point.multiply(scalar).toAffine().x, coordinateLength(curve))
      state.keys = { enc: deriveKey(shared, 1, info.cipher), mac: deriveKey(shared, 2, info.cipher), own, theirs: object.value }
      return answer(0x84, own)
    }
    if (object.tag !== 0x85 || state.keys === undefined) return status(0x6985)
    const { enc, mac: macKey, own, theirs } = state.keys
    paced = undefined
    if (Buffer.compare(authenticationToken(info, macKey, own), object.value) !== 0) return status(0x6300)
    next = { cipher: info.cipher, enc, mac: macKey, ssc: new Uint8Array(blockOf(info.cipher)) }
    return answer(0x86, authenticationToken(info, macKey, theirs))
  }
  const plain = (command: Uint8Array): Uint8Array => {
    const [, ins = 0, p1 = 0, p2 = 0, p3] = command
    const data = ins === 0xb0 || p3 === undefined || command.length === 5 ? new Uint8Array(0) : command.subarray(5, 5 + p3)
    const le = command.length === 5 ? (p3 ?? 0) : (command[5 + data.length] ?? 0)
    switch (ins) {
      case 0xa4: return select(p1, data)
      case 0xb0: case 0xb1: return read(ins, p1, p2, data, le === 0 ? 256 : le)
      case 0x84: challenge = randomBytes(8); return concat(challenge, status(0x9000))
      case 0x82: return externalAuthenticate(data)
      case 0x22: return setAuthentication(p1, p2, data)
      case 0x86: return agreeing !== undefined && paced === undefined ? agree(agreeing, data) : generalAuthenticate(data)
      case 0x88: return options.activeKey === undefined ? status(0x6d00) : concat(signChallenge(options.activeKey, data), status(0x9000))
      default: return status(0x6d00)
    }
  }
  /** New keys count from the command after the one that made them. */
  const renewed = (answer: Uint8Array): Uint8Array => {
    if (next !== undefined) session = createChipSession(next)
    next = undefined
    return answer
  }
  return {
    atr: Buffer.from('3B8880010073C84013009000', 'hex').subarray(0, -2),
    reset: () => {
      application = false
      file = undefined
      challenge = undefined
      paced = undefined
      session = undefined
      agreeing = undefined
      next = undefined
    },
    answer: (command) => {
      if (command.length < 4) return status(0x6700)
      if (((command[0] ?? 0) & 0x0c) === 0x0c) {
        if (session === undefined) return status(0x6988)
        const opened = session.open(command)
        if (opened === undefined) {
          session = undefined
          return status(0x6988)
        }
        const sealed = session.seal(plain(opened))
        return renewed(sealed)
      }
      // A bare command ends secure messaging (Doc 9303-11 §9.8.3).
      session = undefined
      return renewed(plain(command))
    },
  }
}
