import { randomBytes, timingSafeEqual } from 'node:crypto'
import { readTlvs, tlv } from '../../card/profiles/icao/ber.ts'
import { accessKeys } from '../../card/profiles/icao/bac.ts'
import { concat, numberOf, xor } from '../../card/profiles/icao/bytes.ts'
import { decrypt, deriveKey, encrypt, mac } from '../../card/profiles/icao/cipher.ts'
import { readPoint, standardCurve } from '../../card/profiles/icao/curves.ts'
import { parseCardAccess } from '../../card/profiles/icao/paceInfo.ts'
import { agreedKeys } from '../../card/profiles/icao/chipAuthentication.ts'
import type { SessionKeys } from '../../card/profiles/icao/secureMessaging.ts'
import type { VirtualCard } from '../belgian/applet.ts'
import { signChallenge, type ActiveKey, type ChipAuthenticationKey } from './chipKeys.ts'
import { createChipPace } from './chipPace.ts'
import { createChipSession, type ChipSession } from './chipSession.ts'

/** A virtual eMRTD: its files by identifier, what opens it, and how. */
export interface ChipOptions {
  /** Application files: 011E EF.COM, 011D EF.SOD, 0101 DG1 … */
  readonly files: ReadonlyMap<number, Uint8Array>
  /** EF.CardAccess; without it the chip offers no PACE. */
  readonly cardAccess?: Uint8Array
  readonly can?: string
  /** Wrong access numbers until it is blocked; they are not counted without it. */
  readonly tries?: number
  readonly mrzInformation: string
  /** Basic access control beside (or instead of) PACE. */
  readonly bac: boolean
  /** Reads by short file identifier, as most chips do. */
  readonly shortFileIds?: boolean
  /** The private keys of the chip; a copied chip has others than its files say, or none. */
  readonly chipKey?: ChipAuthenticationKey
  readonly activeKey?: ActiveKey
  /** EF.CardSecurity, for chip authentication mapping. */
  readonly cardSecurity?: Uint8Array
  /**
   * Extended length: the longest answer, announced by historical bytes and EF.ATR/INFO. `refused` by the chip or a
   * reader on the
   * way although announced. Without it nothing is announced, and taken all the same.
   */
  readonly extended?: { readonly limit: number; readonly refused?: boolean }
  /** What this chip says otherwise than the standard, or what happens to it on the way; undefined: nothing. */
  readonly bends?: (command: ChipCommand, answer: Uint8Array) => Bent | undefined
  /** The application is not shown to us, whatever opens the chip. */
  readonly withheld?: boolean
}

const status = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff)
const emrtdAid = Buffer.from('A0000002471001', 'hex')

/** An answer in place of the usual one; `bare` leaves secure messaging, which ends the session. */
export interface Bent {
  readonly answer: Uint8Array
  readonly bare?: boolean
}

/** A command taken apart; `le` is 0 where the command asks for nothing. */
export interface ChipCommand {
  readonly ins: number
  readonly p1: number
  readonly p2: number
  readonly data: Uint8Array
  readonly le: number
  readonly extended: boolean
}

/** ISO 7816-4 §5.1, cases 1 to 4, short and extended; undefined for a length that lies. */
function parseCommand(command: Uint8Array): ChipCommand | undefined {
  const [, ins = 0, p1 = 0, p2 = 0] = command
  const body = command.subarray(4)
  const short = (le: number | undefined): number => (le === 0 ? 256 : (le ?? 0))
  const make = (data: Uint8Array, le: number, extended: boolean): ChipCommand => ({ ins, p1, p2, data, le, extended })
  if (body.length <= 1) return make(new Uint8Array(0), short(body[0]), false)
  const extended = body[0] === 0 && body.length > 2
  const start = extended ? 3 : 1
  const length = extended ? ((body[1] ?? 0) << 8) | (body[2] ?? 0) : (body[0] ?? 0)
  if (extended && body.length === 3) return make(new Uint8Array(0), length === 0 ? 65_536 : length, true)
  const rest = body.subarray(start + length)
  if (body.length < start + length || rest.length > 2) return undefined
  const long = ((rest[0] ?? 0) << 8) | (rest[1] ?? 0)
  return make(
    body.subarray(start, start + length),
    rest.length === 2 ? (long === 0 ? 65_536 : long) : short(rest[0]),
    extended,
  )
}

/**
 * The chip side of Doc 9303-10 and -11: SELECT, READ BINARY, BAC, PACE, chip and active authentication, secure
 * messaging.
 */
export function createIcaoChip(options: ChipOptions): VirtualCard {
  const offers = options.cardAccess === undefined ? [] : parseCardAccess(options.cardAccess)
  let application = false
  let file: Uint8Array | undefined
  let challenge: Uint8Array | undefined
  const pace = createChipPace(offers, {
    mrzInformation: options.mrzInformation,
    ...(options.can !== undefined && { can: options.can }),
    ...(options.tries !== undefined && { tries: options.tries }),
    ...(options.chipKey !== undefined && { mappingSecret: options.chipKey.secret }),
  })
  const atrInfo =
    options.extended === undefined
      ? undefined
      : concat(
          tlv(0x47, Uint8Array.of(0x00, 0x00, 0x60)),
          tlv(0x7f66, concat(tlv(0x02, twoBytes(options.extended.limit)), tlv(0x02, twoBytes(options.extended.limit)))),
        )
  let session: ChipSession | undefined
  let next: SessionKeys | undefined
  let agreeing: ChipAuthenticationKey | undefined

  const select = (p1: number, data: Uint8Array): Uint8Array => {
    if (p1 === 0x04) {
      if (Buffer.compare(data, emrtdAid) !== 0 || options.withheld === true) return status(0x6a82)
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
    if (!application) return masterFile(id) ?? 0x6a82
    if (session === undefined) return 0x6982
    return options.files.get(id) ?? 0x6a82
  }
  const masterFile = (id: number): Uint8Array | number | undefined => {
    if (id === 0x011c) return options.cardAccess
    if (id === 0x0101 || id === 0x2f01) return atrInfo
    return id === 0x011d && options.cardSecurity !== undefined
      ? session === undefined
        ? 0x6982
        : options.cardSecurity
      : undefined
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
    const part = file.subarray(offset, offset + Math.min(le, options.extended?.limit ?? le))
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
    next = {
      cipher: '3DES',
      enc: deriveKey(seed, 1, '3DES'),
      mac: deriveKey(seed, 2, '3DES'),
      ssc: concat(chip.subarray(4), plain.subarray(4, 8)),
    }
    return concat(sealed, mac('3DES', keys.mac, sealed), status(0x9000))
  }
  const setAuthentication = (p1: number, p2: number, data: Uint8Array): Uint8Array => {
    if (p1 === 0xc1) {
      agreeing = undefined
      return status(pace.set(data))
    }
    agreeing = p1 === 0x41 ? options.chipKey : undefined
    if (agreeing === undefined) return status(0x6a80)
    return p2 === 0xa6
      ? agree(
          agreeing,
          tlv(0x7c, tlv(0x80, readTlvs(data)?.find(({ tag }) => tag === 0x91)?.value ?? new Uint8Array(0))),
        )
      : status(0x9000)
  }
  const agree = (key: ChipAuthenticationKey, data: Uint8Array): Uint8Array => {
    agreeing = undefined
    const curve = standardCurve(key.parameterId)
    const point =
      curve === undefined
        ? undefined
        : readPoint(curve, readTlvs(readTlvs(data)?.[0]?.value ?? new Uint8Array(0))?.[0]?.value ?? new Uint8Array(0))
    if (curve === undefined || point === undefined) return status(0x6a80)
    next = agreedKeys(curve, key.cipher, point.multiply(key.secret))
    return concat(key.cipher === '3DES' ? new Uint8Array(0) : tlv(0x7c, new Uint8Array(0)), status(0x9000))
  }
  const generalAuthenticate = (data: Uint8Array): Uint8Array => {
    const stepped = pace.step(data)
    if (typeof stepped === 'number') return status(stepped)
    next = stepped.session ?? next
    return concat(tlv(0x7c, stepped.answer), status(0x9000))
  }
  const plain = (bytes: Uint8Array): Uint8Array => {
    const command = parseCommand(bytes)
    if (command === undefined) return status(0x6700)
    const { ins, p1, p2, data, le } = command
    switch (ins) {
      case 0xa4:
        return select(p1, data)
      case 0xb0:
      case 0xb1:
        return read(ins, p1, p2, data, le)
      case 0x84:
        challenge = randomBytes(8)
        return concat(challenge, status(0x9000))
      case 0x82:
        return externalAuthenticate(data)
      case 0x22:
        return setAuthentication(p1, p2, data)
      case 0x86:
        return agreeing === undefined ? generalAuthenticate(data) : agree(agreeing, data)
      case 0x88:
        return options.activeKey === undefined
          ? status(0x6d00)
          : concat(signChallenge(options.activeKey, data), status(0x9000))
      default:
        return status(0x6d00)
    }
  }
  const answerTo = (bytes: Uint8Array): Bent => {
    const answer = plain(bytes)
    const command = parseCommand(bytes)
    return (command === undefined ? undefined : options.bends?.(command, answer)) ?? { answer }
  }
  /** New keys count from the command after the one that made them. */
  const renewed = (answer: Uint8Array): Uint8Array => {
    if (next !== undefined) session = createChipSession(next)
    next = undefined
    return answer
  }
  return {
    atr: atrOf(options.extended !== undefined),
    reset: () => {
      application = false
      file = undefined
      challenge = undefined
      session = undefined
      agreeing = undefined
      next = undefined
    },
    answer: (command) => {
      if (command.length < 4 || (options.extended?.refused === true && parseCommand(command)?.extended === true))
        return status(0x6700)
      if (((command[0] ?? 0) & 0x0c) === 0x0c) {
        if (session === undefined) return status(0x6988)
        const opened = session.open(command)
        if (opened === undefined) {
          session = undefined
          return status(0x6988)
        }
        const said = answerTo(opened)
        if (said.bare === true) {
          session = undefined
          return said.answer
        }
        return renewed(session.seal(said.answer))
      }
      // A bare command ends secure messaging (Doc 9303-11 §9.8.3).
      session = undefined
      return renewed(answerTo(command).answer)
    },
  }
}

const twoBytes = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff)

/**
 * A contactless ATR (PC/SC part 3) whose card capabilities announce extended length, or not; the last byte is the check
 * byte.
 */
function atrOf(extended: boolean): Uint8Array {
  const atr = Uint8Array.of(0x3b, 0x88, 0x80, 0x01, 0x00, 0x73, 0xc8, 0x40, extended ? 0x53 : 0x13, 0x00, 0x90, 0x00)
  return concat(atr, Uint8Array.of(atr.subarray(1).reduce((sum, byte) => sum ^ byte, 0)))
}
