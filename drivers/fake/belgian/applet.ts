import { belpicAid } from '../../card/profiles/beEid/files.ts'
import { parseFields } from '../../card/profiles/beEid/tlv.ts'
import type { CardFiles } from './cardFiles.ts'
import { createSecurity, type Secrets } from './cardSecurity.ts'
import { encodeFields } from './fields.ts'

/** A card that answers: what a reader sees of it. */
export interface VirtualCard {
  readonly atr: Uint8Array
  /** Power on or reset: selection is lost. */
  reset(): void
  /** Data and status for one command APDU. */
  answer(command: Uint8Array): Uint8Array
}

export type Generation = '1.0' | '1.1' | '1.7' | '1.8'
/** ATR of each applet: 1.1 and 1.7 have the same. */
const atrs: Readonly<Record<Generation, string>> = {
  '1.0': '3B9894400AA503010101AD1310',
  '1.1': '3B9813400AA503010101AD1311',
  '1.7': '3B9813400AA503010101AD1311',
  '1.8': '3B7F96000080318065B085040120120FFF829000',
}
/** Answer to GET CARD DATA after the 16 bytes of serial number; byte 21 is the applet's version. */
const cardData: Readonly<Record<Generation, string>> = {
  '1.0': 'A5030101011000010101000F',
  '1.1': 'A5030101011100010101000F',
  '1.7': 'A5030101011700020101000F',
  '1.8': 'A5030101011800020101000F',
}
const pkcs15Aid = Buffer.from('A000000177504B43532D3135', 'hex')
/** Applets 1.0 and 1.1 are not ready for a command sooner than this after `6Cxx`, in milliseconds. */
const restAfter6C = 10

const status = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff)
const done = (data: Uint8Array): Uint8Array => Buffer.concat([data, status(0x9000)])
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

export interface AppletOptions {
  readonly generation: Generation
  readonly files: CardFiles
  readonly serial: Uint8Array
  readonly secrets?: Secrets
}

/** The Belpic applet: files, card data, PIN and signatures (Belpic applet reference manual §6). */
export function createApplet({ generation, files, serial, secrets = { pin: '1234' } }: AppletOptions): VirtualCard {
  const old = generation === '1.0' || generation === '1.1'
  const security = createSecurity(secrets, !old)
  let directory = 0
  let file: Uint8Array | undefined
  let confused = false
  let last6C = Number.NEGATIVE_INFINITY
  const select = (p1: number, data: Uint8Array): number => {
    if (p1 === 0x04) {
      if (!same(data, belpicAid) && !same(data, pkcs15Aid)) return 0x6a82
      directory = same(data, pkcs15Aid) ? 0xdf00 : 0
      file = undefined
      return 0x9000
    }
    const ids = []
    for (let at = 0; at + 1 < data.length; at += 2) ids.push(((data[at] ?? 0) << 8) | (data[at + 1] ?? 0))
    if (ids.length === 0 || data.length % 2 === 1) return 0x6a87
    return p1 === 0x08 ? walk(0, ids) : p1 === 0x02 || p1 === 0x00 ? walk(directory, ids) : 0x6a86
  }
  const walk = (from: number, ids: readonly number[]): number => {
    let at = from
    for (const id of ids) {
      if (id === 0x3f00 || id === 0xdf00 || id === 0xdf01) {
        at = id
        continue
      }
      const found = files.get(at * 0x10000 + id)
      if (found === undefined) return 0x6a82
      file = found
      directory = at
      return 0x9000
    }
    directory = at
    file = undefined
    return 0x9000
  }
  const read = (offset: number, le: number): Uint8Array => {
    if (file === undefined) return status(0x6986)
    const left = file.length - offset
    if (left <= 0) return status(0x6b00)
    return left < le ? status(0x6c00 | left) : done(file.subarray(offset, offset + le))
  }
  /** READ RECORD of applet 1.8: the fields of the selected file between two tags. */
  const records = (first: number, last: number): Uint8Array => {
    if (file === undefined) return status(0x6986)
    const fields = parseFields(file)
    const found = fields.ok ? [...fields.value].filter(([tag]) => tag >= first && tag <= last) : []
    return found.length === 0 ? status(0x6a83) : security.queue(encodeFields(found))
  }
  const run = (command: Uint8Array): Uint8Array => {
    const [cla, ins, p1 = 0, p2 = 0, p3 = 0] = command
    if (command.length < 4) return status(0x6700)
    if (cla === 0x00 && ins === 0xa4)
      return p2 !== 0x0c && p2 !== 0x00 ? status(0x6a86) : status(select(p1, command.subarray(5, 5 + p3)))
    if (cla === 0x00 && ins === 0xb0) return p1 >= 0x80 ? status(0x6a86) : read((p1 << 8) | p2, p3 === 0 ? 256 : p3)
    if (cla === 0x80 && ins === 0xb2 && generation === '1.8') return records(p1, p2)
    if (cla === 0x80 && ins === 0xe4) {
      const tail = p2 === 1 && generation === '1.8' ? Uint8Array.of(security.tries(), 0xff, 0xff) : new Uint8Array(0)
      const data = Buffer.concat([serial, Buffer.from(cardData[generation], 'hex'), tail])
      return p3 === data.length ? done(data) : status(0x6c00 | data.length)
    }
    return security.answer(command, directory) ?? status(cla === 0x00 || cla === 0x80 ? 0x6d00 : 0x6e00)
  }
  return {
    atr: Buffer.from(atrs[generation], 'hex'),
    reset: () => {
      directory = 0
      file = undefined
      confused = false
      last6C = Number.NEGATIVE_INFINITY
      security.reset()
    },
    answer: (command) => {
      // What it does then is not documented; here it answers nothing sensible until it is reset.
      confused ||= old && performance.now() - last6C < restAfter6C
      if (confused) return status(0x6f00)
      const answer = run(command)
      if (answer.at(-2) === 0x6c) last6C = performance.now()
      return answer
    },
  }
}

/** A card of another kind: it knows none of our applications. */
export const createOtherCard = (): VirtualCard => ({
  atr: Buffer.from('3B6500002063CB6600', 'hex'),
  reset: () => undefined,
  answer: (command) => status(command[1] === 0xa4 ? 0x6a82 : 0x6d00),
})
