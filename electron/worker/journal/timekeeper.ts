import { formatHlc, nextHlc, type Hlc } from '#shared/domain/clock/hlc.ts'
import type { CounterId } from '#shared/ids.ts'
import type { Clock } from '#shared/ports/clock.ts'

/** The time of one act. `backMs` is how far the wall clock stands behind what is already known, 0 when it is sound. */
export interface Moment {
  /** UTC instant of the wall clock, as it is: never corrected. */
  readonly at: string
  readonly hlc: string
  readonly backMs: number
}

/** Gives each act its time, and notices a wall clock that was set back (sync.md §5: flag, never rewrite). */
export interface Timekeeper {
  moment(): Moment
}

/** Below this a difference is the clock being disciplined by the network, not a hand. */
const tolerance = 2_000

/**
 * @param last the HLC of the newest journal link, so that the guard holds over restarts
 */
export function createTimekeeper(clock: Clock, node: CounterId, last: Hlc | undefined): Timekeeper {
  let hlc = last
  const start = { wall: clock.now().getTime(), monotonic: clock.monotonic() }
  return {
    moment() {
      const wall = clock.now().getTime()
      // The monotonic clock stops while the machine sleeps, so it may only say that the wall clock is behind, never
      // ahead.
      const expected = start.wall + (clock.monotonic() - start.monotonic)
      const behind = Math.round(Math.max(expected, hlc?.wall ?? 0) - wall)
      hlc = nextHlc(hlc, wall, node)
      return { at: new Date(wall).toISOString(), hlc: formatHlc(hlc), backMs: behind > tolerance ? behind : 0 }
    },
  }
}
