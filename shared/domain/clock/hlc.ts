/**
 * Hybrid logical clock (Kulkarni et al., 2014): wall time that never goes back, with a count for equal milliseconds.
 * As text, `2026-11-21T20:56:27.123Z-0004-RAB03-G2`, it sorts by time, then by count, then by counter.
 */
export interface Hlc {
  /** Milliseconds since 1970, UTC. */
  readonly wall: number
  readonly count: number
  /** The counter that made it. */
  readonly node: string
}

const maxCount = 0xffff

/** The next reading: later than `last` even when the wall clock stands still or went back. */
export function nextHlc(last: Hlc | undefined, now: number, node: string): Hlc {
  if (last === undefined || now > last.wall) return { wall: now, count: 0, node }
  return last.count < maxCount
    ? { wall: last.wall, count: last.count + 1, node }
    : { wall: last.wall + 1, count: 0, node }
}

/** The text form. */
export const formatHlc = (hlc: Hlc): string =>
  `${new Date(hlc.wall).toISOString()}-${hlc.count.toString(16).padStart(4, '0')}-${hlc.node}`

const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)-([0-9a-f]{4})-(.+)$/

/** Reads the text form; nothing when it is not one. */
export function parseHlc(text: string): Hlc | undefined {
  const [, instant, count, node] = form.exec(text) ?? []
  if (instant === undefined || count === undefined || node === undefined) return undefined
  const wall = Date.parse(instant)
  return Number.isNaN(wall) ? undefined : { wall, count: Number.parseInt(count, 16), node }
}
