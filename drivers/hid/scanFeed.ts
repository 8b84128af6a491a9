import { hear, isWaiting, nothingHeard, settle, silence, type Assembled, type Heard } from '#shared/domain/scan/assemble.ts'
import type { Scan } from '#shared/ports/hidSource.ts'
import type { Clock } from '#shared/ports/clock.ts'

/** One reader's way from what it says to whole scans. */
export interface ScanFeed {
  hear(heard: Heard): void
  /** Forgets what waits: the reader is gone. */
  close(): void
}

/** Joins what one reader says, and lets go of what waits when it falls silent. */
export function createScanFeed(options: { readonly device: string; readonly clock: Clock; readonly deliver: (scan: Scan) => void }): ScanFeed {
  const { device, clock, deliver } = options
  let assembly = nothingHeard
  let patience: NodeJS.Timeout | undefined
  const take = (next: Assembled): void => {
    assembly = next.assembly
    clearTimeout(patience)
    if (isWaiting(assembly)) patience = setTimeout(() => { take(settle(assembly, clock.monotonic())) }, silence + 10)
    for (const text of next.scans) deliver({ device, text, at: clock.now().toISOString() })
  }
  return {
    hear: (heard) => { take(hear(assembly, heard, clock.monotonic())) },
    close: () => {
      clearTimeout(patience)
      assembly = nothingHeard
    },
  }
}
