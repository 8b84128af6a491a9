import type { Context } from '../core/context.ts'
import { rebuildOwed, wipeExpired } from './wipeExpired.ts'

/** So long after the start, and then every so often, in milliseconds: the login screen comes first. */
const wipeAfter = 10_000
const wipeEvery = 24 * 60 * 60_000
/** Between two looks whether nobody is signed in and the file may be rebuilt after a wiping, in milliseconds. */
const rebuildEvery = 10 * 60_000

interface Surroundings {
  /** Whether nobody waits for the register. */
  readonly alone: () => boolean
  /** Something was wiped. */
  readonly onWiped: () => void
}

/**
 * Wipes what is past its term at its times while the counter works, and rebuilds the file when nobody is there. What
 * cannot be wiped now is wiped the next time.
 */
export function wipeByTerm(context: Context, dataDir: string, { alone, onWiped }: Surroundings): { close(): void } {
  const ended = new AbortController()
  const wipe = async (): Promise<void> => {
    const wiped = await wipeExpired(context, dataDir, ended.signal)
    if (wiped.ok && wiped.value.length > 0 && !ended.signal.aborted) onWiped()
  }
  const rebuild = (): void => {
    if (alone() && !ended.signal.aborted) rebuildOwed(context)
  }
  const first = setTimeout(() => {
    void wipe().then(rebuild)
  }, wipeAfter)
  const rounds = [
    setInterval(() => {
      void wipe()
    }, wipeEvery),
    setInterval(rebuild, rebuildEvery),
  ]
  return {
    close: () => {
      ended.abort()
      clearTimeout(first)
      for (const round of rounds) clearInterval(round)
    },
  }
}
