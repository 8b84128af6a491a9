import type { PartialDate } from '../identity/identity.ts'

/** `YYMMDD` of a birth: the latest century that does not lie in the future; `<<` where month or day is unknown. */
export function birthDate(field: string, now: Date): PartialDate | undefined {
  const year = twoDigitYear(field)
  if (year === undefined) return undefined
  const latest = now.getUTCFullYear()
  const full = 2000 + year <= latest ? 2000 + year : 1900 + year
  const dated = partial(full, field)
  const today = now.toISOString().slice(0, 10)
  return dated !== undefined && dated.precision === 'day' && dated.value > today ? partial(full - 100, field) : dated
}

/** `YYMMDD` of an expiry: documents are valid ten or fifteen years, so the year nearest to now, at most fifty ahead. */
export function expiryDate(field: string, now: Date): PartialDate | undefined {
  const year = twoDigitYear(field)
  if (year === undefined) return undefined
  return partial(2000 + year > now.getUTCFullYear() + 50 ? 1900 + year : 2000 + year, field)
}

const twoDigitYear = (field: string): number | undefined =>
  // All zeros is how some issuers write that nothing is known, where fillers should stand.
  /^\d{2}[\d<]{4}$/.test(field) && field !== '000000' ? Number(field.slice(0, 2)) : undefined

function partial(year: number, field: string): PartialDate | undefined {
  const month = field.slice(2, 4)
  const day = field.slice(4, 6)
  if (!/^\d{2}$/.test(month) || month === '00') return { value: String(year), precision: 'year' }
  if (!/^(0[1-9]|1[0-2])$/.test(month)) return undefined
  if (!/^\d{2}$/.test(day) || day === '00') return { value: `${year}-${month}`, precision: 'month' }
  const value = `${year}-${month}-${day}`
  const real = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(value) ? { value, precision: 'day' } : undefined
}
