/** Time from outside, so that rules and tests never read the wall clock themselves. */
export interface Clock {
  now(): Date
  /** Milliseconds that never go back within one process. */
  monotonic(): number
}
