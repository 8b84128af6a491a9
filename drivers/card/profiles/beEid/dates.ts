import type { PartialDate } from '#shared/domain/identity/identity.ts'

/**
 * Month names of tag 0C in French, Dutch and German (ID_ADRESSE file of applet 1.8); where two languages share one they
 * agree.
 */
const months = [
  ['JAN'],
  ['FEV', 'FEB'],
  ['MARS', 'MAAR', 'MÄR'],
  ['AVR', 'APR'],
  ['MAI', 'MEI'],
  ['JUIN', 'JUN'],
  ['JUIL', 'JUL'],
  ['AOUT', 'AUG'],
  ['SEPT', 'SEP'],
  ['OCT', 'OKT'],
  ['NOV'],
  ['DEC', 'DEZ'],
] as const

const two = (value: number): string => String(value).padStart(2, '0')

/** True for a day of the calendar; month and day count from 1. */
const isDay = (year: number, month: number, day: number): boolean => {
  if (month < 1 || month > 12 || day < 1) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31)
}

const monthOf = (word: string): number => {
  if (/^\d{1,2}$/.test(word)) return Number(word)
  return months.findIndex((names) => names.some((name) => name === word)) + 1
}

/**
 * A birth date as printed: `06 JUIN 1984`, `06.MÄR.1984`, runs of spaces, a dot after the month, or only a year
 * (foreigners).
 * What is missing or impossible lowers the precision; nothing is invented. Undefined when there is not even a year.
 */
export function parseBirthDate(text: string): PartialDate | undefined {
  const words = text
    .normalize('NFC')
    .toUpperCase()
    .split(/[ .]+/)
    .filter((word) => word !== '')
  const year = words.at(-1)
  if (year === undefined || words.length > 3 || !/^\d{4}$/.test(year)) return undefined
  const month = monthOf(words.at(-2) ?? '')
  if (month < 1 || month > 12) return { value: year, precision: 'year' }
  const day = /^\d{1,2}$/.test(words.at(-3) ?? '') ? Number(words.at(-3)) : 0
  if (!isDay(Number(year), month, day)) return { value: `${year}-${two(month)}`, precision: 'month' }
  return { value: `${year}-${two(month)}-${two(day)}`, precision: 'day' }
}

/** `DD.MM.YYYY` as an ISO date; undefined when it is not a day of the calendar. */
export function parseDate(text: string): string | undefined {
  const parts = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(text.trim())
  if (parts === null) return undefined
  const [day, month, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  return isDay(year, month, day) ? `${parts[3]}-${two(month)}-${two(day)}` : undefined
}
