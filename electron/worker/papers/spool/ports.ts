import type { PrintJobView } from '#shared/contract/features/papers.ts'
import type { ClosingAnchor, ClosingFacts } from '#shared/domain/closing/closing.ts'
import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import type { ClosingId, PrintJobId, ReceiptId, Sha256 } from '#shared/ids.ts'
import type { Paper } from '#shared/ports/printer.ts'
import type { Result } from '#shared/result.ts'

/**
 * The states of a print job as stored. `submitting` is written just before the document leaves and is shown to the
 * agent as `queued`: a job found so after a crash may or may not have reached the printer. The others are those of the
 * view.
 */
export type SpoolState = PrintJobView['state'] | 'submitting'

/** What a paper is of: a receipt, or the closing of a day. */
export type PaperId = ReceiptId | ClosingId

/** A job that has not ended: `queued`, `submitting`, `sent`, `printing` or `blocked`. */
export interface SpoolJob {
  readonly printJobId: PrintJobId
  readonly paperId: PaperId
  /**
   * What the printer's list calls it: the number of a receipt, with which one it is after a correction, or the day of a
   * closing.
   */
  readonly number: string
  readonly state: SpoolState
  readonly paper: Paper
  /** The printer that holds the job, or that is to get it; empty while none is known. */
  readonly printer: string
  /** Why it is blocked, as in the last change. */
  readonly reasons: readonly string[]
  /** The job's id at the printer's spooler; absent: nothing was sent, so it may be submitted. */
  readonly spoolerJob?: string
  /** 0 is the original; n is DUPLICATA n, and then `mark` says who asked for it, when and why. */
  readonly copy: number
  readonly mark?: DuplicataMark
}

/** What a duplicata says of itself. `at` is a UTC instant (ISO 8601), `by` the agent's code or name. */
export interface DuplicataMark {
  readonly copy: number
  readonly at: string
  readonly by: string
  readonly reason: string
}

/** A step of a job. `reasons` are IPP keywords, or one fault code (they hold a dot, keywords never do). */
export interface SpoolChange {
  readonly state: SpoolState
  readonly printer: string
  /** Set once, by the change to `sent`; a later change without it keeps it. */
  readonly spoolerJob?: string
  readonly reasons: readonly string[]
  readonly message: string
  /** UTC instant of the change; the job's `endedAt` when the state is printed, failed or unknown. */
  readonly at: string
}

/** A closing with what proves it. */
export interface ClosingStatement {
  readonly facts: ClosingFacts
  readonly hash: Sha256
  readonly anchor: ClosingAnchor
}

/** What a paper is made from: the facts of a receipt with the text of its seal, or a closing. */
export type PaperContent =
  { readonly receipt: { readonly facts: ReceiptFacts; readonly seal: string } } | { readonly closing: ClosingStatement }

/** `pdf` is absent until the paper was made. */
export interface PaperSource {
  readonly content: PaperContent
  readonly pdf?: { readonly bytes: Uint8Array; readonly sha256: Sha256 }
}

/** The part of the register that the spool works on. Implemented in `worker/store`. */
export interface SpoolStore {
  /** Every job that has not ended, oldest first. */
  unfinished(): Result<readonly SpoolJob[]>
  /** Faults: receipt.unknown, receipt.altered (the stored bytes no longer have the stored hash). */
  source(paperId: PaperId): Result<PaperSource>
  /** Keeps the one PDF of a receipt or closing. Refused when it has one already: paper is made once. */
  keepPdf(paperId: PaperId, pdf: { readonly bytes: Uint8Array; readonly sha256: Sha256 }): Result<void>
  /**
   * Writes one change and its journal link in one transaction; returns what the agent is to see. Faults:
   * receipt.unknown (no such job, or it has ended), those of `Tx`.
   */
  record(printJobId: PrintJobId, change: SpoolChange): Result<PrintJobView>
  /** The printer chosen for this counter, if any. */
  chosenPrinter(): Result<string | undefined>
}

/** Makes the paper. Implemented by `openPaper`. */
export interface PaperMaker {
  /** Faults: receipt.glyphMissing. */
  make(content: PaperContent): Promise<Result<Uint8Array>>
  /** The stored PDF with its DUPLICATA mark; the stored bytes themselves stay as they are. */
  duplicata(pdf: Uint8Array, mark: DuplicataMark): Promise<Result<Uint8Array>>
}
