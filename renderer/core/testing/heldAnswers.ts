import type { Call } from '#shared/contract/calls.ts'
import type { Bridge } from '../bridge/index.ts'

/** A register whose answers to some calls come when the test says so, in whatever order. */
export function heldAnswers(real: Bridge, ...names: readonly Call[]) {
  const held: (() => void)[] = []
  let holding = true
  const bridge: Bridge = {
    ...real,
    call: (name, input, signal) => {
      const answer = real.call(name, input, signal)
      if (!holding || !names.includes(name)) return answer
      return new Promise((resolve) => {
        held.push(() => {
          resolve(answer)
        })
      })
    },
  }
  return {
    bridge,
    /** How many wait. */
    waiting: (): number => held.length,
    /** The answers that wait come, oldest first; what is asked from now on is answered at once. */
    release: async (): Promise<void> => {
      holding = false
      for (const answer of held.splice(0)) answer()
      await new Promise((done) => setImmediate(done))
    },
    /** The one that has waited longest, or the newest, comes alone. */
    releaseOne: async (which: 'oldest' | 'newest'): Promise<void> => {
      ;(which === 'oldest' ? held.shift() : held.pop())?.()
      await new Promise((done) => setImmediate(done))
    },
  }
}
