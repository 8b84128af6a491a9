import { readHead, readTlvs } from './ber.ts'
import { numberOf } from './bytes.ts'

/** How long an answer the chip says it can give: by its ATR, or told by EF.ATR/INFO, or not at all. */
export type Announced = 'short' | 'extended' | 'unknown'

/** Taken for chips that know extended length and do not say how much of it, in bytes. */
const assumed = 2048
/** More brings nothing, and drivers are seen to give up beyond it, in bytes. */
const most = 4096

// The third software function of the card capabilities (ISO 7816-4 §8.1.1.2.7): extended Lc and Le.
const extendedBit = 0x40
const ofCapabilities = (capabilities: Uint8Array | undefined): Announced =>
  capabilities?.length === 3 ? (((capabilities[2] ?? 0) & extendedBit) === 0 ? 'short' : 'extended') : 'unknown'

/** What the historical bytes of an ATR announce (ISO 7816-3 §8.2, 7816-4 §8.1.1). */
export function announcedByAtr(atr: Uint8Array): Announced {
  const format = atr[1] ?? 0
  let at = 2
  for (let interfaces = format >> 4, more = true; more;) {
    for (const bit of [1, 2, 4]) if ((interfaces & bit) !== 0) at += 1
    more = (interfaces & 8) !== 0
    interfaces = (atr[at] ?? 0) >> 4
    if (more) at += 1
    if (at > atr.length) return 'unknown'
  }
  const historical = atr.subarray(at, at + (format & 0x0f))
  // 00: compact objects and a status of three bytes at the end; 80: compact objects only.
  const objects =
    historical[0] === 0x00
      ? historical.subarray(1, -3)
      : historical[0] === 0x80
        ? historical.subarray(1)
        : new Uint8Array(0)
  for (let next = 0; next < objects.length;) {
    const head = objects[next] ?? 0
    const value = objects.subarray(next + 1, next + 1 + (head & 0x0f))
    if (head >> 4 === 7) return ofCapabilities(value)
    next += 1 + (head & 0x0f)
  }
  return 'unknown'
}

/**
 * Most bytes that an answer may have by EF.ATR/INFO (Doc 9303-10 §3.11.1): capabilities in 47, limits of command and
 * answer in
 * 7F66. Undefined when it does not announce extended length. Reads as far as it can: the file is padded on some chips.
 */
export function announcedByFile(file: Uint8Array): number | undefined {
  let capabilities: Announced = 'unknown'
  for (let at = 0; at < file.length;) {
    const head = readHead(file, at)
    if (head === undefined || head.start + head.length > file.length) break
    const value = file.subarray(head.start, head.start + head.length)
    if (head.tag === 0x47) capabilities = ofCapabilities(value)
    if (head.tag === 0x7f66) {
      const limit = (readTlvs(value) ?? []).filter(({ tag }) => tag === 0x02)[1]
      return limit === undefined || limit.value.length > 4 ? undefined : answerLimit(Number(numberOf(limit.value)))
    }
    at = head.start + head.length
  }
  return capabilities === 'extended' ? assumed : undefined
}

/** The answer length to work with, of what a chip announces; undefined when short answers are as good. */
export const answerLimit = (announced: number = assumed): number | undefined =>
  announced <= 256 ? undefined : Math.min(announced, most)
