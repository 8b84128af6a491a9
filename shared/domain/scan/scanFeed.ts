import { hear, isWaiting, nothingHeard, settle, silence, type Assembled, type Heard } from './assemble.ts'

/** One reader's way from what it says to whole scans. */
export interface ScanFeed {
  hear(heard: Heard): void
  /** Forgets what waits: the reader is gone. */
  close(): void
}

/**
 * Joins what one reader says, and lets go of what waits when it falls silent.
 * @param monotonic milliseconds that never go back
 */
export function createScanFeed(monotonic: () => number, deliver: (text: string) => void): ScanFeed {
  let assembly = nothingHeard
  let patience: ReturnType<typeof setTimeout> | undefined
  const take = (next: Assembled): void => {
    assembly = next.assembly
    clearTimeout(patience)
    if (isWaiting(assembly))
      patience = setTimeout(() => {
        take(settle(assembly, monotonic()))
      }, silence + 10)
    for (const text of next.scans) deliver(text)
  }
  return {
    hear: (heard) => {
      take(hear(assembly, heard, monotonic()))
    },
    close: () => {
      clearTimeout(patience)
      assembly = nothingHeard
    },
  }
}
