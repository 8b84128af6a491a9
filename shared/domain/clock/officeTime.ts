import { z } from 'zod'
import { bundledZone, offsetAt } from './zone.ts'

/**
 * A decreed change of an office's legal time. Offline machines keep old zone data for years, so a change that matters
 * to a
 * printed date travels as data (`resources/calendars`), and wins over the runtime's own tables from its instant on.
 */
export const legalTimeChange = z.strictObject({
  from: z.iso.datetime(),
  utcOffsetMinutes: z.int().min(-840).max(840),
  source: z.string(),
})
export type LegalTimeChange = z.infer<typeof legalTimeChange>

/** The zone of an office: an IANA name and the decreed changes, oldest first. */
export interface OfficeZone {
  readonly name: string
  readonly changes: readonly LegalTimeChange[]
}

/**
 * Minutes to add to UTC to get the office's legal time at an instant: by a decreed change, by the zone's rule that came
 * with the program, and only for a zone that has none by the runtime's tables.
 */
export function utcOffsetMinutes(zone: OfficeZone, instant: Date): number {
  const decreed = zone.changes.findLast((change) => Date.parse(change.from) <= instant.getTime())
  if (decreed !== undefined) return decreed.utcOffsetMinutes
  const rule = bundledZone(zone.name)
  if (rule !== undefined) return offsetAt(rule, instant.getTime())
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone.name, timeZoneName: 'longOffset' }).formatToParts(
    instant,
  )
  const named = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(named) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
}

/** Day (`YYYY-MM-DD`) and time (`HH:MM`) on the office's wall at an instant, given the offset in force. */
export function wallTime(instant: Date, offsetMinutes: number): { readonly day: string; readonly time: string } {
  const shifted = new Date(instant.getTime() + offsetMinutes * 60_000).toISOString()
  return { day: shifted.slice(0, 10), time: shifted.slice(11, 16) }
}
