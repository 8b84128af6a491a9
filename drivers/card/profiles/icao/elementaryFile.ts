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

/** Reads elementary files, by short identifier as long as the chip takes it: that saves a SELECT a file. */
export interface FileReader {
  /**
   * The whole file; undefined when the chip has none or does not give it. Faults: those of the channel, card.malformed,
   * card.refused.
   */
  read(file: ElementaryFile): Promise<Result<Uint8Array | undefined>>
}

/**
 * @param chunk most bytes that one READ BINARY may ask for: 256 bare, less under secure messaging, more with extended
 *   length
 */
export function createFileReader(channel: CardChannel, chunk: number): FileReader {
  let byShortId = true
  const send = async (command: Uint8Array): Promise<Result<{ readonly data: Uint8Array; readonly sw: number }>> => {
    const answer = await channel.transmit(command)
    if (!answer.ok) return answer
    if (answer.value.length < 2) return err(faultOf('card.malformed', 'answer without status'))
    return ok({
      data: answer.value.subarray(0, -2),
      sw: ((answer.value.at(-2) ?? 0) << 8) | (answer.value.at(-1) ?? 0),
    })
  }
  const le = (length: number): readonly number[] => (chunk > 256 ? [0, length >> 8, length & 0xff] : [length & 0xff])
  const first = async (file: ElementaryFile): Promise<Result<{ readonly data: Uint8Array; readonly sw: number }>> => {
    if (byShortId) {
      const answer = await send(Uint8Array.of(0x00, 0xb0, 0x80 | file.shortId, 0x00, ...le(chunk)))
      if (!answer.ok || answer.value.sw === done || answer.value.sw === endReached || answer.value.sw === closed)
        return answer
      // A chip that knows no short identifiers and one that lacks the file may answer alike: the SELECT decides.
      if (!absent.includes(answer.value.sw)) byShortId = false
      else return answer
    }
    const selected = await send(Uint8Array.of(0x00, 0xa4, 0x02, 0x0c, 0x02, file.id >> 8, file.id & 0xff))
    if (!selected.ok || selected.value.sw !== done) return selected
    return send(Uint8Array.of(0x00, 0xb0, 0x00, 0x00, ...le(chunk)))
  }
  const at = (offset: number, length: number): Uint8Array => {
    if (offset < 0x8000) return Uint8Array.of(0x00, 0xb0, offset >> 8, offset & 0xff, ...le(length))
    const where = tlv(0x54, Uint8Array.of((offset >> 16) & 0xff, (offset >> 8) & 0xff, offset & 0xff))
    const lc = chunk > 256 ? [0, 0, where.length] : [where.length]
    return concat(
      Uint8Array.of(0x00, 0xb1, 0x00, 0x00, ...lc),
      where,
      Uint8Array.from(le(length).slice(chunk > 256 ? 1 : 0)),
    )
  }
  return {
    async read(file) {
      const begun = await first(file)
      if (!begun.ok) return begun
      if (absent.includes(begun.value.sw) || begun.value.sw === closed) return ok(undefined)
      const head = readHead(begun.value.data, 0)
      if (head === undefined || (begun.value.sw !== done && begun.value.sw !== endReached)) {
        return err(
          faultOf(begun.value.data.length > 0 ? 'card.malformed' : 'card.refused', begun.value.sw.toString(16)),
        )
      }
      const whole = head.start + head.length
      if (whole > sizeLimit) return err(faultOf('card.malformed', 'file too long'))
      const content = new Uint8Array(whole)
      content.set(begun.value.data.subarray(0, whole))
      let held = Math.min(begun.value.data.length, whole)
      while (held < whole) {
        // DO53 around the data of a read beyond 7FFF takes up to four bytes more.
        const wanted = Math.min(held < 0x8000 ? chunk : chunk - 4, whole - held)
        const answer = await send(at(held, wanted))
        if (!answer.ok) return answer
        const data =
          held < 0x8000
            ? answer.value.data
            : (readTlvs(answer.value.data)?.find((object) => object.tag === 0x53)?.value ?? new Uint8Array(0))
        if (data.length === 0 || data.length > wanted) return err(faultOf('card.malformed', 'file stops short'))
        content.set(data, held)
        held += data.length
      }
      return ok(content)
    },
  }
}
