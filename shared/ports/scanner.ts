import type { Result } from '../result.ts'

/** One scanned page. */
export interface ScannedPage {
  readonly mime: 'image/png' | 'image/jpeg'
  readonly bytes: Uint8Array
}

/** Document scanners. Faults: scanner.none, scanner.failed, call.cancelled. */
export interface Scanner {
  list(): Promise<Result<readonly { readonly name: string; readonly description: string }[]>>
  scan(options: { scanner?: string; signal?: AbortSignal }): Promise<Result<ScannedPage>>
}
