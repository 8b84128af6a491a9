import { z } from 'zod'
import { countrySigner, examination, type CountrySigner } from '../domain/identity/countrySigner.ts'
import type { Sha256 } from '../ids.ts'
import type { Result } from '../result.ts'

/** An examination with the certificates themselves, in DER. */
export const examinedFile = examination.extend({
  signers: z.array(countrySigner.extend({ der: z.instanceof(Uint8Array) })),
})
export type ExaminedFile = z.infer<typeof examinedFile>

/** Whose documents are believed where cards are read. */
export interface CountrySigners {
  /** Those of the folder that whoever installed the program put there. Faults: file.unreadable, devices.down. */
  installed(): Promise<Result<readonly CountrySigner[]>>
  /**
   * What a file holds, against what is believed now. `compared`: fingerprints that a person compared with the published
   * ones.
   * Faults: trust.notSigners (it holds none, or too many), devices.down.
   */
  examine(file: { readonly bytes: Uint8Array; readonly compared: readonly Sha256[] }): Promise<Result<ExaminedFile>>
  /**
   * From the next card on these DER certificates count besides the installed ones, in the place of those that were told
   * before.
   */
  believe(certificates: readonly Uint8Array[]): Promise<Result<unknown>>
}
