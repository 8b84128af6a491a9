import { utcOffsetMinutes, wallTime } from './officeTime.ts'
import { day } from './units.ts'
import type { Procedure } from '../request/procedure.ts'

/** Non-working days of an office: ISO dates. Saturday and Sunday are implied. */
export type Holidays = ReadonlySet<string>

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10)

/**
 * The last day of a delay counted from the day after the deposit.
 * @param depositDay ISO date in the office's zone
 */
export function lastDay(depositDay: string, delay: Procedure['delay'], holidays: Holidays): string {
  let time = Date.parse(`${depositDay}T00:00:00Z`)
  if (delay.unit === 'calendar') return isoDay(time + delay.days * day)
  for (let left = delay.days; left > 0;) {
    time += day
    const weekday = new Date(time).getUTCDay()
    if (weekday !== 0 && weekday !== 6 && !holidays.has(isoDay(time))) left -= 1
  }
  return isoDay(time)
}

/** The calendar day of an instant in a zone, as an ISO date. */
export function dayIn(zone: string, instant: Date): string {
  return wallTime(instant, utcOffsetMinutes({ name: zone, changes: [] }, instant)).day
}
