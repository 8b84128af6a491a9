import type { Fault } from '../fault.ts'
import type { Result } from '../result.ts'

/** One scanned page. */
export interface ScannedPage {
  readonly mime: 'image/png' | 'image/jpeg'
  readonly bytes: Uint8Array
}

/** What went through a feeder: the pages that are whole, in their order, and what ended it before the feeder was empty. */
export interface ScannedStack {
  readonly pages: readonly ScannedPage[]
  readonly ended?: Fault
}

export interface StackOptions {
  readonly scanner?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly onPage?: ((pages: number) => void) | undefined
}

/** Document scanners. Faults: scanner.none, scanner.failed, call.cancelled. */
export interface Scanner {
  list(): Promise<Result<readonly { readonly name: string; readonly description: string }[]>>
  scan(options: { scanner?: string; signal?: AbortSignal }): Promise<Result<ScannedPage>>
  /**
   * All that lies in the feeder, both sides where it can; a scanner without one gives the page on its glass.
   * `onPage`: told how many there are. Faults: those above where no page came, scanner.empty.
   */
  scanStack(options: StackOptions): Promise<Result<ScannedStack>>
}
