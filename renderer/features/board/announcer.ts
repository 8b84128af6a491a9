/**
 * One thing after the other: what is said while something else is said waits for its turn, and nothing is left out. One
 * that cannot be said does not hold up the next.
 * @param say resolves when it was said to its end
 */
export function createAnnouncer<T>(say: (what: T) => Promise<void>): { readonly add: (what: T) => void } {
  const waiting: T[] = []
  let speaking = false
  const speak = async (): Promise<void> => {
    speaking = true
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await say(next).catch(() => undefined)
    speaking = false
  }
  return {
    add: (what) => {
      waiting.push(what)
      if (!speaking) void speak()
    },
  }
}
