import type { ReceiptFacts } from '#shared/domain/receipt.ts'
import type { Result } from '#shared/result.ts'

/** What is said of a reprint. */
export interface DuplicataFacts {
  /** 1 for the first reprint. */
  readonly copy: number
  /** UTC instant of the reprint. */
  readonly at: string
  /** IANA zone of the office. */
  readonly zone: string
  /** The agent who reprints, as printed. */
  readonly by: string
  readonly reason: string
}

/** Makes the papers of the counter. All bytes are whole PDF files, A5. */
export interface Paper {
  /** Fault `receipt.glyphMissing` when a letter of the facts is in none of our fonts: asked before anything is committed. */
  checkGlyphs(facts: ReceiptFacts): Result<void>
  /**
   * The receipt with its seal as QR. Not byte-stable: made once, stored, and printed from storage.
   * @param seal text of `signSeal`
   */
  receipt(facts: ReceiptFacts, seal: string): Promise<Result<Uint8Array>>
  /** A copy of a stored receipt with the mark of a reprint on it; the original bytes stay as they are. */
  duplicata(pdf: Uint8Array, reprint: DuplicataFacts): Promise<Result<Uint8Array>>
}
