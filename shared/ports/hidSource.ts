import { z } from 'zod'
import { scanLimit } from '../domain/scan/classify.ts'

/**
 * One complete text from a reader: a symbol, a line, or all lines of a machine-readable zone. It may be personal: never
 * log it.
 */
export const scan = z.strictObject({
  device: z.string().max(200),
  text: z.string().min(1).max(scanLimit),
  at: z.iso.datetime(),
})
export type Scan = z.infer<typeof scan>

/** A connected reader; `open` is false while it cannot be read (rights, or held by another program). */
export const scanReader = z.strictObject({ device: z.string().max(200), profile: z.string(), open: z.boolean() })
export type ScanReader = z.infer<typeof scanReader>

/** Readers of codes and machine-readable zones that push what they read; they come and go while it is watched. */
export interface HidSource {
  /** Hears every scan of every reader until the returned function is called. */
  watch(listener: (scan: Scan) => void): () => void
  /** Those that are there, after a first look at the bus. */
  list(): Promise<readonly ScanReader[]>
  close(): Promise<void>
}
