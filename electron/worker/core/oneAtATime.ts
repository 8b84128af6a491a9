/** Work of one key waits for the work of the same key that was asked before it; that of other keys does not. */
export type OneAtATime = <T>(key: string, work: () => Promise<T>) => Promise<T>

/** Nothing under way. A key is forgotten when nothing of it waits any more. */
export function createOneAtATime(): OneAtATime {
  const last = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const before = last.get(key) ?? Promise.resolve()
    // Whoever waits is not concerned by how the one before ended.
    const mine = before.then(work, work)
    last.set(key, mine)
    const forget = (): void => {
      if (last.get(key) === mine) last.delete(key)
    }
    mine.then(forget, forget)
    return mine
  }
}
