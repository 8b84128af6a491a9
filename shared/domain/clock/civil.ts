import { z } from 'zod'
import { minute } from './units.ts'
import { offsetAt, type ZoneRule } from './zone.ts'

/**
 * What is to come: the date and time that people agreed on, in a zone, and the version of the zone's rule by which the
 * instant was last computed. The instant follows from it and is never kept alone: a rule may change in between.
 */
export const civilTime = z.strictObject({
  day: z.iso.date(),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  zone: z.string(),
  rule: z.string(),
})
export type CivilTime = z.infer<typeof civilTime>

/** What happened: a UTC instant and the offset that was printed with it. */
export const pastTime = z.strictObject({ at: z.iso.datetime(), utcOffsetMinutes: z.int().min(-840).max(840) })

/** The civil time of a day and an hour in a zone, by its rule of today. */
export const civilIn = (rule: ZoneRule, day: string, time: string): CivilTime => ({
  day,
  time,
  zone: rule.zone,
  rule: rule.version,
})

/**
 * The instant of a civil time by a rule, as a UTC instant. An hour that a change leaves out is taken by the offset
 * before it, so that it lies after the change; one that comes twice is the first.
 */
export function instantOf({ day, time }: Pick<CivilTime, 'day' | 'time'>, rule: ZoneRule): string {
  const wall = Date.parse(`${day}T${time}:00Z`)
  const offsets = new Set([-1, 0, 1].map((side) => offsetAt(rule, wall + side * 24 * 60 * minute)))
  const fitting = [...offsets]
    .map((offset) => ({ offset, instant: wall - offset * minute }))
    .filter(({ offset, instant }) => offsetAt(rule, instant) === offset)
    .map(({ instant }) => instant)
  const first = Math.min(...fitting)
  const instant = Number.isFinite(first) ? first : wall - offsetAt(rule, wall - 24 * 60 * minute) * minute
  return new Date(instant).toISOString()
}

/** The end of a civil day, not included: until then a last day is kept. */
export const endOfDay = (day: string, rule: ZoneRule): string => {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * minute).toISOString().slice(0, 10)
  return instantOf({ day: next, time: '00:00' }, rule)
}

/** One time to come that a new rule of its zone moves. `by`: minutes later, negative for earlier. */
export interface Moved<T> {
  readonly item: T
  readonly from: string
  readonly to: string
  readonly by: number
}

/**
 * What a new rule moves among times of its zone: the civil time stays, the instant follows. What the rule leaves where
 * it was is not in the list.
 */
export function movedBy<T extends CivilTime>(
  items: readonly T[],
  before: ZoneRule,
  after: ZoneRule,
): readonly Moved<T>[] {
  return items
    .filter((item) => item.zone === after.zone)
    .map((item) => ({ item, from: instantOf(item, before), to: instantOf(item, after) }))
    .map((one) => ({ ...one, by: (Date.parse(one.to) - Date.parse(one.from)) / minute }))
    .filter(({ by }) => by !== 0)
}
