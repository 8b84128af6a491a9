import { afterEach, beforeEach, vi } from 'vitest'
import { openSpool, type Spool } from '#electron/worker/papers/spool/spool.ts'
import type { SpoolJob } from '#electron/worker/papers/spool/ports.ts'
import { spoolParts } from './spool.ts'

/** The clock of the machine, which the fake timers play. */
export const playedClock = { now: () => new Date(), monotonic: () => Date.now() }

/**
 * Spools whose time is played: each test of the file begins at a fixed instant, and what it started is closed after it.
 * @returns makes the parts of a spool with these jobs; `start` opens it, `pass` lets milliseconds go by
 */
export function spoolBench() {
  const opened: Spool[] = []
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-11-21T08:00:00Z') })
  })
  afterEach(async () => {
    const closing = Promise.all(opened.splice(0).map((spool) => spool.close()))
    await vi.advanceTimersByTimeAsync(1000)
    await closing
    vi.useRealTimers()
  })
  return (...jobs: SpoolJob[]) => {
    const parts = spoolParts(jobs)
    return {
      ...parts,
      start: () => {
        const spool = openSpool({ ...parts.open, clock: playedClock })
        opened.push(spool)
        return spool
      },
      pass: async (ms: number) => {
        await vi.advanceTimersByTimeAsync(ms)
      },
    }
  }
}
