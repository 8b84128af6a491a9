import { day, hour, minute } from './units.ts'

/** What is known of the time, besides the wall clock; every member an instant in milliseconds since 1970, UTC. */
export interface KnownTime {
  /**
   * Where the wall clock should stand by the monotonic one: the wall clock at the start of the process and what passed
   * since. The monotonic clock stops while the machine sleeps, so it may only say that the wall clock is behind.
   */
  readonly expected?: number | undefined
  /** When the newest act was written, by the wall clock of then. */
  readonly act?: number | undefined
  /** The newest reading of the hybrid clock in the journal. */
  readonly journal?: number | undefined
  /** What the platform, or a person, last said the time was, and what passed since. */
  readonly told?: number | undefined
}

/** What is wrong with the wall clock, the gravest thing; `ms` is how much, `since` the instant it is measured from. */
export interface ClockDoubt {
  /** `hour`: off by exactly one hour, as after a zone was put right by turning the hands. */
  readonly kind: 'behind' | 'ahead' | 'hour'
  readonly ms: number
}

/** Milliseconds that the wall clock stands behind or ahead of what is known, 0 for what is sound. */
export interface ClockVerdict {
  readonly behindMs: number
  readonly aheadMs: number
  readonly doubt: ClockDoubt | undefined
}

/** Below this a difference is the clock being disciplined by the network, not a hand. */
const tolerance = 2_000
/** A counter that wrote nothing for longer may have been closed, or its clock is wrong: somebody has to say which. */
export const aheadLimit = 15 * day
/** Over New Year, where a wrong clock takes numbers of the wrong year: longer than a long weekend. */
const newYearLimit = 4 * day
/** Ahead of what was told for sure, by the platform or by a person. */
const toldLimit = day
/** How near to a whole hour counts as one. */
const hourTolerance = 90 * 1_000
/** A clock this near to what the platform says is right, whatever else is known. */
const soundWithin = 5 * minute

const yearOf = (instant: number): number => new Date(instant).getUTCFullYear()
const isHour = (ms: number): boolean => Math.abs(Math.abs(ms) - hour) <= hourTolerance

/** Judges a reading of the wall clock, an instant in milliseconds, by what is known. */
export function judgeClock(wall: number, { expected, act, journal, told }: KnownTime): ClockVerdict {
  const behind = Math.round(Math.max(expected ?? -Infinity, act ?? -Infinity) - wall)
  const behindMs = behind > tolerance ? behind : 0
  const ahead = Math.round(aheadOf(wall, { expected, journal, told }))
  const off = told === undefined ? -(expected === undefined ? 0 : expected - wall) : wall - told
  // A machine that slept for an hour is an hour ahead of its monotonic clock: only what was told can say so.
  const byAnHour = isHour(off) && (told !== undefined || off < 0)
  return { behindMs, aheadMs: ahead, doubt: doubtOf(behindMs, ahead, byAnHour ? Math.abs(off) : 0) }
}

const doubtOf = (behindMs: number, aheadMs: number, hourMs: number): ClockDoubt | undefined => {
  if (aheadMs > 0) return { kind: 'ahead', ms: aheadMs }
  if (hourMs > 0) return { kind: 'hour', ms: hourMs }
  return behindMs > 0 ? { kind: 'behind', ms: behindMs } : undefined
}

const aheadOf = (wall: number, { expected, journal, told }: KnownTime): number => {
  if (told !== undefined) {
    const gap = wall - told
    return gap > toldLimit || (gap > soundWithin && yearOf(wall) > yearOf(told)) ? gap : 0
  }
  const known = Math.max(expected ?? -Infinity, journal ?? -Infinity)
  const gap = wall - known
  if (!Number.isFinite(gap)) return 0
  return gap > aheadLimit || (gap > newYearLimit && yearOf(wall) > yearOf(known)) ? gap : 0
}
