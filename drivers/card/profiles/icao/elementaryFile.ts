import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { readHead, readTlvs, tlv } from './ber.ts'
import { concat } from './bytes.ts'

/** A file of the eMRTD application (Doc 9303-10 §3.11): identifier and, for the first 30, its short form. */
export interface ElementaryFile {
  readonly id: number
  readonly shortId: number
}

const standard = (id: number): ElementaryFile => ({ id, shortId: id & 0x1f })
export const files = {
  com: standard(0x011e),
  sod: standard(0x011d),
  cardAccess: standard(0x011c),
  cardSecurity: standard(0x011d),
  dataGroup: (number: number): ElementaryFile => standard(0x0100 | number),
} as const

/** Larger files are refused, in bytes: a face takes 15 to 40 kB. */
const sizeLimit = 512 * 1024

const done = 0x9000
// Fewer bytes than asked for, with a warning: the end of the file (ISO 7816-4 §5.6).
const endReached = 0x6282
const absent: readonly number[] = [0x6a82, 0x6a83]
// Not allowed: fingerprints and irises stay behind extended access control.
const closed = 0x6982

/** Enough for tag and length of any file. */
const headLength = 4
/** Blocks that are asked for after a chip refused longer ones, in bytes. */
const shorter = [128, 64] as const
/** How often one file is begun or gone on with. */
const attempts = 4
/**
 * Refusals that may be about a length or an offset rather than the file: wrong length, beyond the end, no precise
 * diagnosis, and an answer without anything in it.
 */
const aboutLength = /(67[0-9a-f]{2}|6c[0-9a-f]{2}|6b00|6f00|9000)$/

/** Reads elementary files, by short identifier as long as the chip takes it: that saves a SELECT a file. */
export interface FileReader {
  /**
   * The whole file; undefined when the chip has none or does not give it. Faults: those of the channel, card.malformed,
   * card.refused.
   */
  read(file: ElementaryFile): Promise<Result<Uint8Array | undefined>>
}

/** A session that an answer outside it may end, and how it goes on. */
export interface Renewable {
  isOver(): boolean
  /** Opens it again; false where that is no longer done. Faults: those of the channel. */
  reopen(): Promise<Result<boolean>>
}

/** What of a file is there already, kept from one attempt to the next. */
interface Progress {
  content: Uint8Array | undefined
  held: number
}

type Answer = Result<{ readonly data: Uint8Array; readonly sw: number }>

/**
 * A refusal in the middle is not final: the file is gone on with, its header first and then exactly what it announces,
 * in shorter blocks where the chip refuses long ones, and under a new session where the old one ended.
 * @param chunk most bytes that one READ BINARY may ask for: 256 bare, less under secure messaging, more with extended
 *   length, which is not tried in other ways: whoever asked for it begins again without
 */
export function createFileReader(channel: CardChannel, chunk: number, session?: Renewable): FileReader {
  let byShortId = true
  let headFirst = false
  let block = chunk
  const transmit = async (command: Uint8Array): Promise<Answer> => {
    const answer = await channel.transmit(command)
    if (!answer.ok) return answer
    if (answer.value.length < 2) return err(faultOf('card.malformed', 'answer without status'))
    return ok({
      data: answer.value.subarray(0, -2),
      sw: ((answer.value.at(-2) ?? 0) << 8) | (answer.value.at(-1) ?? 0),
    })
  }
  /** A command that asks for some bytes, and again for as many as the chip says there are (`6Cxx`). */
  const send = async (command: (length: number) => Uint8Array, length: number): Promise<Answer> => {
    const answer = await transmit(command(length))
    const exact = answer.ok && answer.value.sw >> 8 === 0x6c ? answer.value.sw & 0xff : 0
    return exact > 0 && exact < length ? transmit(command(exact)) : answer
  }
  const le = (length: number): readonly number[] => (block > 256 ? [0, length >> 8, length & 0xff] : [length & 0xff])
  const select = (file: ElementaryFile): Promise<Answer> =>
    transmit(Uint8Array.of(0x00, 0xa4, 0x02, 0x0c, 0x02, file.id >> 8, file.id & 0xff))
  const first = async (file: ElementaryFile): Promise<Answer> => {
    const length = headFirst ? headLength : block
    if (byShortId) {
      const answer = await send((most) => Uint8Array.of(0x00, 0xb0, 0x80 | file.shortId, 0x00, ...le(most)), length)
      if (!answer.ok || answer.value.sw === done || answer.value.sw === endReached || answer.value.sw === closed)
        return answer
      // A chip that knows no short identifiers and one that lacks the file may answer alike: the SELECT decides.
      if (!absent.includes(answer.value.sw)) byShortId = false
      else return answer
    }
    const selected = await select(file)
    if (!selected.ok || selected.value.sw !== done) return selected
    return send((most) => Uint8Array.of(0x00, 0xb0, 0x00, 0x00, ...le(most)), length)
  }
  const at = (offset: number, length: number): Uint8Array => {
    if (offset < 0x8000) return Uint8Array.of(0x00, 0xb0, offset >> 8, offset & 0xff, ...le(length))
    const where = tlv(0x54, Uint8Array.of((offset >> 16) & 0xff, (offset >> 8) & 0xff, offset & 0xff))
    const lc = block > 256 ? [0, 0, where.length] : [where.length]
    return concat(
      Uint8Array.of(0x00, 0xb1, 0x00, 0x00, ...lc),
      where,
      Uint8Array.from(le(length).slice(block > 256 ? 1 : 0)),
    )
  }
  /** Finds the file and reads its length; false when it is not there. */
  const begin = async (file: ElementaryFile, progress: Progress): Promise<Result<boolean>> => {
    const begun = await first(file)
    if (!begun.ok) return begun
    const { data, sw } = begun.value
    if (absent.includes(sw) || sw === closed) return ok(false)
    const head = readHead(data, 0)
    if (head === undefined || (sw !== done && sw !== endReached))
      return err(faultOf(data.length > 0 ? 'card.malformed' : 'card.refused', sw.toString(16)))
    const whole = head.start + head.length
    if (whole > sizeLimit) return err(faultOf('card.malformed', 'file too long'))
    if (progress.content?.length !== whole) {
      progress.content = new Uint8Array(whole)
      progress.held = 0
    }
    if (data.length > progress.held) {
      progress.content.set(data.subarray(0, whole))
      progress.held = Math.min(data.length, whole)
    }
    return ok(true)
  }
  const once = async (file: ElementaryFile, progress: Progress): Promise<Result<Uint8Array | undefined>> => {
    const found = await begin(file, progress)
    if (!found.ok) return found
    const { content } = progress
    if (!found.value || content === undefined) return ok(undefined)
    while (progress.held < content.length) {
      const { held } = progress
      // DO53 around the data of a read beyond 7FFF takes up to four bytes more.
      const wanted = Math.min(held < 0x8000 ? block : block - 4, content.length - held)
      const answer = await send((most) => at(held, most), wanted)
      if (!answer.ok) return answer
      const data =
        held < 0x8000
          ? answer.value.data
          : (readTlvs(answer.value.data)?.find((object) => object.tag === 0x53)?.value ?? new Uint8Array(0))
      if (data.length === 0 || data.length > wanted)
        return err(faultOf('card.malformed', `file stops short ${answer.value.sw.toString(16)}`))
      content.set(data, held)
      progress.held += data.length
    }
    return ok(content)
  }
  return {
    async read(file) {
      const progress: Progress = { content: undefined, held: 0 }
      let read = await once(file, progress)
      for (let left = attempts - 1; left > 0 && chunk <= 256; left -= 1) {
        if (read.ok || (read.fault.code !== 'card.refused' && read.fault.code !== 'card.malformed')) return read
        if (session?.isOver() === true) {
          const opened = await session.reopen()
          if (!opened.ok) return opened
          if (!opened.value) return read
        }
        if (!aboutLength.test(read.fault.detail ?? '')) left = 1
        else if (headFirst) block = shorter.find((length) => length < block) ?? block
        headFirst = true
        read = await once(file, progress)
      }
      // Whoever reads the next file finds the chip open.
      if (!read.ok && session?.isOver() === true) {
        const opened = await session.reopen()
        if (!opened.ok) return opened
      }
      return read
    },
  }
}
