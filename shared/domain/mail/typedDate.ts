import { cleanNumber } from '../../text/incoming.ts'

/** What somebody typed where a date is asked for. */
export type TypedDate =
  | { readonly kind: 'none' }
  /** It is no date. */
  | { readonly kind: 'bad' }
  | { readonly kind: 'day'; readonly iso: string }
  /** A date of the Hijri calendar: as it was typed, and the civil day that it is by the calendar of Umm al-Qura. */
  | { readonly kind: 'hijri'; readonly iso: string; readonly written: string }

const two = (value: number): string => String(value).padStart(2, '0')
const isoOf = (year: number, month: number, day: number): string | undefined => {
  const iso = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
  const at = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso ? undefined : iso
}
const dayOf = (iso: string | undefined): TypedDate => (iso === undefined ? { kind: 'bad' } : { kind: 'day', iso })

/**
 * A date as a clerk types it, the day first: `28/11/2026`, `28.11.26`, `281126`, `28/11`, `2811`, and `28` alone, each the
 * newest such day that is not after today. Digits may be those of Arabic. A year from 1300 to 1599, or the letter of the
 * Hijra behind it, is of the Hijri calendar: its civil day is only proposed, since months begin in Morocco when the moon
 * was seen.
 * @param today ISO day at the office
 */
export function readTypedDate(typed: string, today: string): TypedDate {
  const text = cleanNumber(typed).trim()
  if (text === '') return { kind: 'none' }
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text)
  if (iso !== null) {
    const [year, month, day] = [Number(iso[1]), Number(iso[2]), Number(iso[3])]
    return isHijriYear(year) ? hijriOf(year, month, day, text) : dayOf(isoOf(year, month, day))
  }
  const match =
    /^(\d{1,2})(?:\s?[-/.\s]\s?(\d{1,2})(?:\s?[-/.\s]\s?(\d{4}|\d{2}))?)?\s*(h|هـ?)?$/iu.exec(text) ??
    /^(\d{2})(\d{2})(\d{4}|\d{2})?$/u.exec(text)
  if (match === null) return { kind: 'bad' }
  const [, day = '', month, year, hijra] = match
  if (year !== undefined && month !== undefined && (hijra !== undefined || isHijriYear(Number(year))))
    return hijriOf(Number(year.length === 2 ? `14${year}` : year), Number(month), Number(day), text)
  if (hijra !== undefined) return { kind: 'bad' }
  if (month === undefined) return dayOf(newestDay(Number(day), today))
  if (year !== undefined)
    return dayOf(isoOf(Number(year.length === 2 ? `20${year}` : year), Number(month), Number(day)))
  const thisYear = Number(today.slice(0, 4))
  const years = [thisYear, thisYear - 1, thisYear - 2, thisYear - 3, thisYear - 4]
  const found = years.flatMap((one) => isoOf(one, Number(month), Number(day)) ?? []).find((one) => one <= today)
  return dayOf(found)
}

/** No letter is of the civil years 1300 to 1599. */
const isHijriYear = (year: number): boolean => year >= 1300 && year < 1600
const hijriOf = (year: number, month: number, day: number, written: string): TypedDate => {
  const civil = fromHijri(year, month, day)
  return civil === undefined ? { kind: 'bad' } : { kind: 'hijri', iso: civil, written }
}

/** The newest day of that number in its month which is not after today. */
function newestDay(day: number, today: string): string | undefined {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const months = [0, 1, 2].map((back) => new Date(Date.UTC(year, month - 1 - back, 1)))
  return months
    .flatMap((one) => isoOf(one.getUTCFullYear(), one.getUTCMonth() + 1, day) ?? [])
    .find((one) => one <= today)
}

/**
 * The last day for something as a clerk types it: as a date, but where the year is left out the next such day; `+8` is in
 * eight days. Nothing where it is no day, or one that has passed.
 * @param today ISO day at the office
 */
export function readDeadline(typed: string, today: string): string | undefined {
  const text = cleanNumber(typed).trim()
  const days = /^\+\s?(\d{1,3})$/u.exec(text)?.[1]
  if (days !== undefined)
    return new Date(Date.parse(`${today}T00:00:00Z`) + Number(days) * 86_400_000).toISOString().slice(0, 10)
  const short = /^(\d{1,2})(?:\s?[-/.\s]\s?(\d{1,2}))?$/u.exec(text) ?? /^(\d{2})(\d{2})$/u.exec(text)
  if (short === null) {
    const read = readTypedDate(text, today)
    return read.kind === 'day' && read.iso >= today ? read.iso : undefined
  }
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const [, day, named] = short
  const months =
    named === undefined
      ? [0, 1, 2].map((ahead) => new Date(Date.UTC(year, month - 1 + ahead, 1)))
      : [0, 1, 2, 3, 4].map((ahead) => new Date(Date.UTC(year + ahead, 0, 1)))
  return months
    .flatMap(
      (one) =>
        isoOf(one.getUTCFullYear(), named === undefined ? one.getUTCMonth() + 1 : Number(named), Number(day)) ?? [],
    )
    .find((one) => one >= today)
}

/** In days: what a month of the calendar may begin earlier or later than the arithmetic one. */
const slack = 4

/**
 * The civil day of a Hijri date by Umm al-Qura (Unicode CLDR, `islamic-umalqura`): guessed by the arithmetic calendar,
 * then looked for around it.
 */
function fromHijri(year: number, month: number, day: number): string | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 30) return undefined
  // Tabular calendar: 30 years have 11 leap days, odd months 30 days; 1 Muharram 1 is 16 July 622 (Julian).
  const since = (year - 1) * 354 + Math.floor((3 + 11 * year) / 30) + 29 * (month - 1) + Math.floor(month / 2) + day - 1
  const guess = Date.UTC(622, 6, 19) + since * 86_400_000
  const format = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  })
  for (let off = -slack; off <= slack; off += 1) {
    const at = new Date(guess + off * 86_400_000)
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number.parseInt(value, 10)]))
    if (parts.get('year') === year && parts.get('month') === month && parts.get('day') === day)
      return at.toISOString().slice(0, 10)
  }
  return undefined
}
