import type { PartialDate } from '#shared/domain/identity/identity.ts'
import { cleanLine, latinDigits } from '#shared/text/incoming.ts'

/**
 * Reads `14/02/1990`, `02/1990` or `1990` (also with dots, dashes, spaces or nothing between, and the digits of an Arabic
 * keyboard) as far as it goes; undefined when it is no date.
 */
export function parsePartialDate(typed: string): PartialDate | undefined {
  const digits = latinDigits(cleanLine(typed))
  // 14021990 and 021990: the year is the last four.
  const close = /^(\d\d)?(\d\d)(\d{4})$/.exec(digits)?.slice(1).filter(Boolean)
  const parts = close ?? digits.split(/[\s/.-]+/)
  const [year, month, day] = [...parts].reverse()
  if (
    parts.length > 3 ||
    year === undefined ||
    !/^\d{4}$/.test(year) ||
    parts.slice(0, -1).some((part) => !/^\d{1,2}$/.test(part))
  )
    return undefined
  if (month === undefined) return { value: year, precision: 'year' }
  const monthPart = month.padStart(2, '0')
  if (day === undefined)
    return Number(month) >= 1 && Number(month) <= 12 ? { value: `${year}-${monthPart}`, precision: 'month' } : undefined
  const value = `${year}-${monthPart}-${day.padStart(2, '0')}`
  const time = Date.parse(`${value}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(value)
    ? { value, precision: 'day' }
    : undefined
}

/** Full years lived on a day; only a birth date known to the day has an age. */
export function ageOn(birth: PartialDate, today: string): number | undefined {
  if (birth.precision !== 'day') return undefined
  const years = Number(today.slice(0, 4)) - Number(birth.value.slice(0, 4))
  return today.slice(5) < birth.value.slice(5) ? years - 1 : years
}

/** Whole days from one ISO day to another; negative when it is past. */
export const daysUntil = (day: string, today: string): number =>
  Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000)
