/** What is used of Electron's `powerMonitor`. */
export interface Power {
  on(event: 'suspend' | 'resume' | 'lock-screen', listener: () => void): unknown
  /** `locked` where the system tells it; `threshold` in seconds. */
  getSystemIdleState(threshold: number): string
}

/** How often the clock and the screen are looked at, in milliseconds. */
const lookEvery = 5_000
/** A look that comes so late means that the machine slept, whether it said so or not, in milliseconds. */
const slept = 60_000
/** In seconds; only `locked` matters here, the window itself knows how long nobody touched it. */
const anyIdle = 60

/**
 * Tells that nobody can be at the windows: the machine goes to sleep or slept, or its screen is locked. Not every system
 * says so: on Linux a locked screen is only seen by asking, and a machine without logind tells of no sleep, in which
 * timers stand still and the wall clock runs on.
 * @param now wall clock, in milliseconds
 */
export function watchAway(power: Power, now: () => number, onAway: () => void): void {
  for (const event of ['suspend', 'resume', 'lock-screen'] as const) power.on(event, onAway)
  let looked = now()
  let locked = false
  setInterval(() => {
    const since = now() - looked
    looked += since
    const wasLocked = locked
    locked = power.getSystemIdleState(anyIdle) === 'locked'
    if (since > slept || (locked && !wasLocked)) onAway()
  }, lookEvery).unref()
}
