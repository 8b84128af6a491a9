import { judgeClock, type ClockDoubt, type ClockVerdict } from '#shared/domain/clock/guard.ts'
import { formatHlc, nextHlc, type Hlc } from '#shared/domain/clock/hlc.ts'
import type { CounterId } from '#shared/ids.ts'
import type { Clock } from '#shared/ports/clock.ts'

/** The time of one act. */
export interface Moment {
  /** UTC instant of the wall clock, as it is: never corrected. */
  readonly at: string
  readonly hlc: string
  /** How far the wall clock stands behind what is already known, in milliseconds; 0 when it is sound. */
  readonly backMs: number
  /** How far it stands ahead of everything known, where that is doubtful; 0 when it is sound or somebody said so. */
  readonly aheadMs: number
}

/** Gives each act its time, and notices a wall clock that is wrong: it is flagged, never rewritten. */
export interface Timekeeper {
  moment(): Moment
  /** What is doubtful now; nothing is used up. */
  doubt(): ClockDoubt | undefined
  /** The platform said what time it is: an instant in milliseconds. */
  told(instant: number): void
  /** A person says that the wall clock is right as it stands. */
  confirm(): void
}

/**
 * @param last the HLC of the newest journal link, so that the guard holds over restarts
 * @param act when the newest act was written since a person last confirmed the clock, in milliseconds
 */
export function createTimekeeper(
  clock: Clock,
  node: CounterId,
  last: Hlc | undefined,
  act: () => number | undefined = () => undefined,
): Timekeeper {
  let hlc = last
  const reading = (wall: number): { readonly wall: number; readonly monotonic: number } => ({
    wall,
    monotonic: clock.monotonic(),
  })
  const since = (from: { readonly wall: number; readonly monotonic: number } | undefined): number | undefined =>
    from === undefined ? undefined : from.wall + (clock.monotonic() - from.monotonic)
  /** Where the hands stood when they were first sound in this process: a start with a wrong clock measures nothing. */
  let start: ReturnType<typeof reading> | undefined
  let said: ReturnType<typeof reading> | undefined

  const judge = (wall: number): ClockVerdict => {
    const verdict = judgeClock(wall, { expected: since(start), act: act(), journal: hlc?.wall, told: since(said) })
    if (verdict.aheadMs === 0) start ??= reading(wall)
    return verdict
  }
  judge(clock.now().getTime())
  return {
    moment() {
      const wall = clock.now().getTime()
      const { behindMs, aheadMs } = judge(wall)
      // A doubtful reading never moves the hybrid clock forwards: when the hands are right again nothing lies ahead.
      hlc = nextHlc(hlc, aheadMs > 0 ? (hlc?.wall ?? wall) : wall, node)
      return { at: new Date(wall).toISOString(), hlc: formatHlc(hlc), backMs: behindMs, aheadMs }
    },
    doubt: () => judge(clock.now().getTime()).doubt,
    told: (instant) => {
      said = reading(instant)
    },
    confirm: () => {
      start = said = reading(clock.now().getTime())
    },
  }
}
