/** A page that crashed so many times in a row is not loaded again by itself. */
export const mostReloads = 5
/** A page that lived this long was well, in milliseconds: the next crash is a first one again. */
const healthyMs = 60_000

export interface Reloads {
  /** The process of the page has ended by itself. */
  crashed(): void
}

/**
 * Loads a page that crashed again, later each time, and after `mostReloads` in a row leaves it: an endless reload would
 * hide what is wrong, and keep the machine busy.
 */
export function createReloads({
  now,
  delayMs,
  reload,
  giveUp,
}: {
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** The pause after the nth crash in a row, in milliseconds. */
  readonly delayMs: (crashes: number) => number
  readonly reload: () => void
  /** Shows in plain words that the page stopped. */
  readonly giveUp: () => void
}): Reloads {
  let crashes = 0
  let bornAt = now()
  return {
    crashed() {
      crashes = now() - bornAt >= healthyMs ? 1 : crashes + 1
      if (crashes > mostReloads) {
        giveUp()
        return
      }
      setTimeout(() => {
        bornAt = now()
        reload()
      }, delayMs(crashes))
    },
  }
}
