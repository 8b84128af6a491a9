import type { HallAnswer } from './command.ts'
import type { HallEvent } from './event.ts'
import type { Hall } from './hallState.ts'
import type { AppointmentPattern } from './slots.ts'

/** What a decision may lean on beside the hall. */
export interface DecidingFacts {
  /** The civil day (YYYY-MM-DD) and time (HH:MM) on the wall of the office. */
  readonly day: string
  readonly time: string
  /** Through which station the command came. */
  readonly station: string
  /** What stands before the numbers: nothing on the shared line, `S2-` on an island of station 2. */
  readonly range: string
  readonly services: readonly string[]
  readonly pattern: AppointmentPattern
}

/** A command becomes one event, or has an answer that changes nothing. */
export type Decision = { readonly event: HallEvent } | { readonly answer: HallAnswer }

/** `A012` after `A011`: a series never gives a number twice in its day. */
export const nextName = (hall: Hall, series: string): string =>
  `${series}${String((hall.series.get(series) ?? 0) + 1).padStart(3, '0')}`
