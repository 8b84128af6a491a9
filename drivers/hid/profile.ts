import type { Heard } from '#shared/domain/scan/assemble.ts'

/** What the system tells of a top-level collection before it is opened. */
export interface HidInfo {
  readonly path: string
  readonly vendorId: number
  readonly productId: number
  readonly product?: string | undefined
  readonly serialNumber?: string | undefined
  readonly usagePage?: number | undefined
  readonly usage?: number | undefined
}

/** Turns the input reports of one reader into text, in their order. Total: a report of another shape says nothing. */
export type ReportDecoder = (report: Uint8Array) => Heard | undefined

/** A kind of reader: one file, named in `profiles/all.ts`. */
export interface HidProfile {
  readonly name: string
  matches(info: HidInfo): boolean
  /** @param descriptor the report descriptor, where the system shows it (Linux) */
  decoder(descriptor: Uint8Array | undefined): ReportDecoder
}
