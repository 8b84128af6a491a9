/** First step and longest pause between two tries, in milliseconds: quick after a hiccup, five minutes at worst. */
export const backoff = { base: 500, cap: 300_000 } as const

/**
 * Full jitter: anywhere between nothing and a ceiling that doubles, so that counters of a whole region do not
 * come back together. There is no last try.
 * @param failures consecutive failures so far, from 1
 * @param random from 0 (included) to 1 (excluded)
 */
export function pauseAfter(failures: number, random: () => number): number {
  const ceiling = Math.min(backoff.cap, backoff.base * 2 ** Math.min(failures - 1, 30))
  return Math.floor(random() * ceiling)
}
