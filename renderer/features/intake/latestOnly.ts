/**
 * Runs one at a time; of the values that come while one runs, only the last is run after it.
 * What is saved or drawn is therefore always the latest state, and never an older one over it.
 */
export function latestOnly<T>(run: (value: T) => Promise<void>): (value: T) => Promise<void> {
  let waiting: { readonly value: T } | undefined
  let running: Promise<void> | undefined
  const drain = async (): Promise<void> => {
    while (waiting !== undefined) {
      const { value } = waiting
      waiting = undefined
      await run(value)
    }
    running = undefined
  }
  return (value) => {
    waiting = { value }
    running ??= drain()
    return running
  }
}
