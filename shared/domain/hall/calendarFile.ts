import { instantOf } from '../clock/civil.ts'
import { minute } from '../clock/units.ts'
import type { ZoneRule } from '../clock/zone.ts'
import type { Booking } from './hallState.ts'

/**
 * Appointments as iCalendar (RFC 5545). Instants stand in UTC, with the civil time in words: a zone name without its
 * rule is an hour off in some programs (ical-generator #680), and runtimes have old rules for Morocco.
 * `office` tells appointments of different offices apart; `now`: milliseconds, the moment of writing.
 */
export function calendarFile(bookings: readonly Booking[], rule: ZoneRule, office: string, now: number): string {
  const events = bookings.flatMap((booking) => eventOf(booking, rule, office, now))
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Guichet//Hall//FR',
    'CALSCALE:GREGORIAN',
    ...events,
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

function eventOf(
  { appointment, service, day, time, minutes, state }: Booking,
  rule: ZoneRule,
  office: string,
  now: number,
): readonly string[] {
  const from = Date.parse(instantOf({ day, time }, rule))
  const [year, month, date] = day.split('-')
  return [
    'BEGIN:VEVENT',
    `UID:${appointment}@${office.slice(0, 16)}.guichet`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(from)}`,
    `DTEND:${utc(from + minutes * minute)}`,
    `SUMMARY:${escape(`Rendez-vous ${appointment}, service ${service}`)}`,
    `DESCRIPTION:${escape(`${date ?? ''}/${month ?? ''}/${year ?? ''} ${time}, heure légale (${rule.zone})`)}`,
    `STATUS:${state === 'cancelled' ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
  ]
}

/** `20261201T100000Z`. */
const utc = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

const escape = (text: string): string => text.replace(/[\\;,]/g, (one) => `\\${one}`).replace(/\n/g, '\\n')

/** No line is longer than 75 octets (§3.1), and no letter is cut in two. */
function fold(line: string): string {
  const encoder = new TextEncoder()
  let folded = ''
  let length = 0
  for (const letter of line) {
    const size = encoder.encode(letter).length
    if (length + size > 75) {
      folded += '\r\n '
      length = 1
    }
    folded += letter
    length += size
  }
  return folded
}
