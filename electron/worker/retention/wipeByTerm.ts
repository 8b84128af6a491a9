import type { Background } from '../core/background.ts'
import type { Context } from '../core/context.ts'
import { rebuildOwed } from '../store/rebuild.ts'
import { wipeExpired } from './wipeExpired.ts'

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
  readonly background: Background
}

/**
 * Wipes what is past its term at its times while the counter works, and rebuilds the file when nobody is there. What
 * cannot be wiped now is wiped the next time. Ends with the background.
 */
export function wipeByTerm(context: Context, dataDir: string, { alone, onWiped, background }: Surroundings): void {
  const rebuild = background.start(
    'rebuild',
    () => {
      if (alone()) rebuildOwed(context)
    },
    { first: rebuildEvery, every: rebuildEvery },
  )
  background.start(
    'wiping',
    async ({ signal }) => {
      const wiped = await wipeExpired(context, dataDir, signal)
      if (wiped.ok && wiped.value.length > 0 && !signal.aborted) onWiped()
      if (!signal.aborted) rebuild.wake()
      return wiped
    },
    { first: wipeAfter, every: wipeEvery },
  )
}
