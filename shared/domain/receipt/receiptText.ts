import { fill } from '../../text/fill.ts'
import { utcOffsetMinutes, wallTime } from '../clock/officeTime.ts'

/** A text in both languages of the paper. */
export interface Bilingual {
  readonly fr: string
  readonly ar: string
}

/** The noun of a quantity by grammatical number: French has two forms, Arabic five (CLDR plural rules without zero). */
export interface Noun {
  readonly fr: { readonly one: string; readonly other: string }
  readonly ar: {
    readonly one: string
    readonly two: string
    readonly few: string
    readonly many: string
    readonly other: string
  }
}

/** A phrase in both languages with its places filled, each side in its own words. */
export const filled = (
  { fr, ar }: Bilingual,
  values: (side: 'fr' | 'ar') => Readonly<Record<string, string>>,
): Bilingual => ({ fr: fill(fr, values('fr')), ar: fill(ar, values('ar')) })

const lri = '\u2066'
const fsi = '\u2068'
const pdi = '\u2069'
/** Between the thousands of a number (narrow no-break space, as French typography has it). */
const thousands = '\u202f'

/**
 * Isolates a number, date, code or amount: always left to right and never broken over two lines (UAX #9, LRI … PDI).
 */
export const datum = (text: string): string => `${lri}${text.split(thousands).map(oneLine).join(thousands)}${pdi}`

/** Isolates a name or a title: its own first strong letter decides the direction (UAX #9, FSI … PDI). */
export const isolated = (text: string): string => `${fsi}${oneLine(text)}${pdi}`

/** Line ends, tabs, odd spaces and control codes of typed text become a space: no font has a shape for them. */
const oneLine = (text: string): string => text.replace(/(?:[^\S\u00a0]|\p{Cc})+/gu, ' ')

/** Removes isolates and other invisible controls of direction: what is left is what has ink or width. */
export const withoutControls = (text: string): string =>
  text.replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, '')

/** `5 750,00`: dirhams with a comma and a narrow no-break space between thousands; western digits, no sign. */
export function formatDirhams(centimes: number): string {
  const whole = String(Math.trunc(centimes / 100)).replace(/\B(?=(\d{3})+$)/gu, thousands)
  return `${whole},${String(centimes % 100).padStart(2, '0')}`
}

/** `06/12/2026` from an ISO date: the slash form survives Arabic reordering, the dash form does not. */
export const formatDay = (isoDay: string): string =>
  `${isoDay.slice(8, 10)}/${isoDay.slice(5, 7)}/${isoDay.slice(0, 4)}`

/**
 * Day and minute of an instant in the office's zone, and the zone's distance from Greenwich then, as people here say it (`GMT+1`): legal time
 * changes
 * during Ramadan, and zone data changes with the machine.
 * @param instant ISO instant, UTC
 * @param zone IANA zone
 * @param legal minutes ahead of UTC that were in force, where they are known: they win over the runtime's tables
 */
export function formatInstant(
  instant: string,
  zone: string,
  legal?: number,
): { readonly day: string; readonly time: string; readonly offset: string } {
  const at = new Date(instant)
  const minutes = legal ?? utcOffsetMinutes({ name: zone, changes: [] }, at)
  const { day, time } = wallTime(at, minutes)
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const distance =
    minutes === 0
      ? ''
      : `${minutes < 0 ? '-' : '+'}${String(hours)}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`
  return { day: formatDay(day), time, offset: `GMT${distance}` }
}

/**
 * `15 jours` and `15 يوما`: a count with its noun in the right number, in the oblique case that follows «أجل» and
 * «داخل».
 */
export function countOf(count: number, noun: Noun): Bilingual {
  const fr = count < 2 ? noun.fr.one : noun.fr.other
  const rest = count % 100
  if (count === 1) return { fr: `1\u00a0${fr}`, ar: noun.ar.one }
  if (count === 2) return { fr: `2\u00a0${fr}`, ar: noun.ar.two }
  const ar = rest >= 3 && rest <= 10 ? noun.ar.few : rest >= 11 ? noun.ar.many : noun.ar.other
  return { fr: `${String(count)}\u00a0${fr}`, ar: `${String(count)}\u00a0${ar}` }
}
