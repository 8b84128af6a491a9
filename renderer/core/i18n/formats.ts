import { textIn, type Language, type Localised } from '#shared/domain/text.ts'
import countries from './countries.json'

/** Moroccan month names and conventions, Western digits everywhere. */
const locales: Readonly<Record<Language, readonly string[]>> = {
  fr: ['fr-MA', 'fr'],
  ar: ['ar-MA-u-nu-latn', 'ar-u-nu-latn'],
  zgh: ['zgh-u-nu-latn', 'fr-MA'],
  en: ['en-GB'],
}
/** Unicode CLDR, locale zgh; browsers leave that locale out. */
const amazighMonths = [
  'ⵉⵏⵏⴰⵢⵔ',
  'ⴱⵕⴰⵢⵕ',
  'ⵎⴰⵕⵚ',
  'ⵉⴱⵔⵉⵔ',
  'ⵎⴰⵢⵢⵓ',
  'ⵢⵓⵏⵢⵓ',
  'ⵢⵓⵍⵢⵓⵣ',
  'ⵖⵓⵛⵜ',
  'ⵛⵓⵜⴰⵏⴱⵉⵔ',
  'ⴽⵜⵓⴱⵔ',
  'ⵏⵓⵡⴰⵏⴱⵉⵔ',
  'ⴷⵓⵊⴰⵏⴱⵉⵔ',
]
const amazighDays: Readonly<Record<string, string>> = {
  Mon: 'ⴰⵢⵏⴰⵙ',
  Tue: 'ⴰⵙⵉⵏⴰⵙ',
  Wed: 'ⴰⴽⵕⴰⵙ',
  Thu: 'ⴰⴽⵡⴰⵙ',
  Fri: 'ⴰⵙⵉⵎⵡⴰⵙ',
  Sat: 'ⴰⵙⵉⴹⵢⴰⵙ',
  Sun: 'ⴰⵙⴰⵎⴰⵙ',
}
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Sheets are often typed with the straight apostrophe; everything else here has the one of print. */
const typographic = (text: string): string => text.replace(/(?<=\p{L})'(?=\p{L})/gu, '’')
/** Spans stand after «since», «for» and «within»: there the Arabic dual has another ending than the one CLDR gives. */
const afterPreposition = (span: string): string => span.replace(/(ساعت|دقيقت|يوم)ان/gu, '$1ين')

const ofThree: Readonly<Record<string, string>> = countries
const regionOf = (regions: Intl.DisplayNames, code: string): string | undefined => {
  const two = Object.hasOwn(ofThree, code) ? ofThree[code] : code
  return two !== undefined && /^[A-Z]{2}$/u.test(two) ? regions.of(two) : undefined
}

export interface Formats {
  /** 21/11/2026 */
  readonly date: (value: string | Date) => string
  /** 21 novembre 2026 */
  readonly longDate: (value: string | Date) => string
  /** samedi 21 novembre */
  readonly weekday: (value: string | Date) => string
  /** nov. */
  readonly month: (value: string | Date) => string
  /** 10:42 */
  readonly time: (value: string | Date) => string
  readonly number: (value: number) => string
  /** From centimes of the dirham: 750,00 DH */
  readonly money: (centimes: number) => string
  /** il y a 3 min, dans 2 j */
  readonly relative: (value: string | Date, now?: Date) => string
  /** From milliseconds: 3 j 19 h */
  readonly duration: (ms: number) => string
  /**
   * A country or a nationality by its code: two letters, as certificates write it, or three (ISO 3166-1) or ICAO's own
   * (Doc 9303-3, 5), as documents do. What is none of them, a word or the stateless, stays as it is.
   */
  readonly country: (code: string) => string
  /** Several things in a row: a, b, c. */
  readonly list: (items: readonly string[]) => string
  /** The office's own text in the agent's language. */
  readonly text: (value: Localised) => string
}

/**
 * How the agent's language writes dates, times, money and spans. Days (`2026-11-21`) are taken as they are, instants in
 * the office's zone.
 */
export function formatsIn(language: Language, zone?: string): Formats {
  const tags = [...locales[language]]
  const cache = new Map<string, Intl.DateTimeFormat>()
  const zoneFor = (value: string | Date): { timeZone?: string } => {
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return { timeZone: 'UTC' }
    return zone === undefined ? {} : { timeZone: zone }
  }
  const show = (value: string | Date, options: Intl.DateTimeFormatOptions): string => {
    const inZone = { ...options, ...zoneFor(value) }
    const key = JSON.stringify(inZone)
    const format = cache.get(key) ?? new Intl.DateTimeFormat(tags, inZone)
    cache.set(key, format)
    return format.format(new Date(value))
  }
  const part = (value: string | Date, name: 'weekday' | 'month' | 'day' | 'year'): string => {
    return new Intl.DateTimeFormat('en', {
      [name]: name === 'weekday' ? 'short' : 'numeric',
      ...zoneFor(value),
    }).format(new Date(value))
  }
  const tifinagh = (value: string | Date, weekday: boolean): string => {
    const month = amazighMonths[Number(part(value, 'month')) - 1] ?? ''
    return weekday
      ? `${amazighDays[part(value, 'weekday')] ?? ''} ${part(value, 'day')} ${month}`
      : `${part(value, 'day')} ${month} ${part(value, 'year')}`
  }
  // As papers part them (`formatDirhams`): CLDR writes a full stop for Morocco, which French reads as decimals.
  const figures = language === 'en' ? tags : 'fr'
  const numbers = new Intl.NumberFormat(figures)
  const regions = new Intl.DisplayNames(tags, { type: 'region' })
  const unit = (value: number, name: 'day' | 'hour' | 'minute'): string =>
    new Intl.NumberFormat(tags, { style: 'unit', unit: name, unitDisplay: unitDisplay[language] }).format(value)
  const unitDisplay = { fr: 'short', zgh: 'short', en: 'narrow', ar: 'long' } as const
  const dirham = { fr: 'DH', zgh: 'DH', en: 'MAD', ar: 'درهم' }[language]
  return {
    // Figures alone run left to right in every script; without the isolate Arabic would show the year first.
    date: (value) =>
      `\u2066${show(value, { day: '2-digit', month: '2-digit', year: 'numeric' })
        .replace(/[\u200e\u200f]/g, '')
        .replaceAll('-', '/')}\u2069`,
    longDate: (value) =>
      language === 'zgh' ? tifinagh(value, false) : show(value, { day: 'numeric', month: 'long', year: 'numeric' }),
    weekday: (value) =>
      language === 'zgh' ? tifinagh(value, true) : show(value, { weekday: 'long', day: 'numeric', month: 'long' }),
    month: (value) =>
      language === 'zgh'
        ? (amazighMonths[Number(part(value, 'month')) - 1] ?? '')
        : show(value, { month: language === 'ar' ? 'long' : 'short' }),
    time: (value) => show(value, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    number: (value) => numbers.format(value),
    money: (centimes) =>
      `${new Intl.NumberFormat(figures, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(centimes / 100)} ${dirham}`,
    relative: (value, now = new Date()) => {
      const span = new Date(value).getTime() - now.getTime()
      const size = Math.abs(span)
      const [count, name] =
        size < hour
          ? [span / minute, 'minute' as const]
          : size < day
            ? [span / hour, 'hour' as const]
            : [span / day, 'day' as const]
      return new Intl.RelativeTimeFormat(tags, { numeric: 'auto', style: language === 'ar' ? 'long' : 'short' }).format(
        Math.round(count),
        name,
      )
    },
    duration: (ms) => {
      const minutes = Math.floor(Math.max(0, ms) / minute)
      const parts: readonly [number, 'day' | 'hour' | 'minute'][] = [
        [Math.floor(minutes / 1440), 'day'],
        [Math.floor(minutes / 60) % 24, 'hour'],
        [minutes % 60, 'minute'],
      ]
      const first = parts.findIndex(([count]) => count > 0)
      const told = first < 0 ? parts.slice(2) : parts.slice(first, first + 2).filter(([count]) => count > 0)
      const parted = told.map(([count, name]) => unit(count, name))
      return language === 'ar' ? afterPreposition(parted.join(' و')) : parted.join(' ')
    },
    country: (code) => regionOf(regions, code) ?? code,
    list: (items) => items.join(language === 'ar' ? '، ' : ', '),
    text: (value) => typographic(textIn(value, language)),
  }
}
