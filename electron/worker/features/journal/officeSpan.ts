import { utcOffsetMinutes, wallTime } from '#shared/domain/clock/officeTime.ts'
import type { OfficeSeed } from '#shared/domain/office.ts'

/**
 * The instants (UTC, the end not included) of a day on the office's wall: 24 hours, or more or less where the legal
 * time changes in it.
 */
export function officeSpan(office: OfficeSeed, day: string): { readonly from: string; readonly to: string } {
  return { from: beginning(office, day), to: beginning(office, dayAfter(day)) }
}

/** The day after an ISO day. */
export const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/**
 * The first instant that bears this day. The offset in force then is not known before the instant is: two looks find
 * it.
 */
function beginning(office: OfficeSeed, day: string): string {
  const zone = { name: office.zone, changes: office.legalTime }
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const offsets = [-1, 0, 1].map((side) => utcOffsetMinutes(zone, new Date(midnight + side * 43_200_000)))
  const candidates = [...new Set(offsets)].map((offset) => midnight - offset * 60_000).sort((one, other) => one - other)
  const found = candidates.find(
    (instant) => wallTime(new Date(instant), utcOffsetMinutes(zone, new Date(instant))).day === day,
  )
  return new Date(found ?? midnight).toISOString()
}
