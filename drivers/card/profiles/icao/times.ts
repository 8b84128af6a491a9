import type { Tlv } from './ber.ts'

const utcTime = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})$/
const generalizedTime = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})?(\d{2})?(?:[.,]\d+)?(Z|[+-]\d{4})$/
/** UTCTime (X.680 §47) and GeneralizedTime (§46). */
const tags = { utc: 0x17, general: 0x18 } as const

/**
 * The instant of a Time (RFC 5280 §4.1.2.5). Seconds are mandatory there and left out by some; BER allows that, and an
 * offset instead of Z. Undefined for what is no instant: a wrong date is worse than none.
 */
export function readTime(time: Tlv | undefined): Date | undefined {
  if (time === undefined) return undefined
  const text = Buffer.from(time.value).toString('latin1')
  const found =
    time.tag === tags.utc ? utcTime.exec(text) : time.tag === tags.general ? generalizedTime.exec(text) : null
  if (found === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((digits: string | undefined) => Number(digits ?? '0'))
  // Two digits stand for 1950 to 2049 (RFC 5280 §4.1.2.5.1).
  const full = time.tag === tags.general ? year : year >= 50 ? 1900 + year : 2000 + year
  const instant = new Date(Date.UTC(full, month - 1, day, hour, minute, second))
  if (full < 100 || hour > 24 || minute > 59 || second > 60) return undefined
  // 31 February becomes March where nobody looks.
  if (instant.getUTCMonth() !== month - 1 && day > 28 && hour < 24) return undefined
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined
  const zone = found[7] ?? 'Z'
  const offset =
    zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)))
  return new Date(instant.getTime() - offset * 60_000)
}
