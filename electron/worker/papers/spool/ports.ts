import type { PrintJobView } from '#shared/contract/features/papers/calls.ts'
import type { PaperContent } from '#shared/contract/papers.ts'
import type { PaperId, PrintJobId, Sha256 } from '#shared/ids.ts'
import type { MadePaper } from '#shared/ports/press.ts'
import type { Medium } from '#shared/ports/printer.ts'
import type { Result } from '#shared/result.ts'

/**
 * The states of a print job as stored. `submitting` is written just before the document leaves, with the reasons for which
 * it was blocked before (`shownState`): a job found so after a crash may or may not have reached the printer. The others are those of the
 * view.
 */
export type SpoolState = PrintJobView['state'] | 'submitting'

/** To people a job that leaves still waits; one that was blocked and is tried again stays blocked, until it left. */
export const shownState = (state: SpoolState, reasons: readonly string[]): PrintJobView['state'] =>
  state !== 'submitting' ? state : reasons.length > 0 ? 'blocked' : 'queued'

/** A job that has not ended: `queued`, `submitting`, `sent`, `printing` or `blocked`. */
export interface SpoolJob {
  readonly printJobId: PrintJobId
  readonly paperId: PaperId
  /** What the printer's list calls it, as its kind says; a duplicata adds that it is one. */
  readonly title: string
  readonly state: SpoolState
  readonly medium: Medium
  /** The printer that holds the job, or that is to get it; empty while none is known. */
  readonly printer: string
  /** Why it is blocked, as in the last change. */
  readonly reasons: readonly string[]
  /** The job's id at the printer's spooler; absent: nothing was sent, so it may be submitted. */
  readonly spoolerJob?: string
  /** It is a duplicata: who asked for it, when and why. Absent: it says what the original says. */
  readonly mark?: DuplicataMark
}

/** What a duplicata says of itself. `copy` counts from 1, `at` is a UTC instant (ISO 8601), `by` the agent's code or name. */
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

/** The bytes of a paper, and the lower-case hexadecimal SHA-256 of them. */
export interface PaperBytes {
  readonly bytes: Uint8Array
  readonly sha256: Sha256
}

/** `pdf` is absent until the paper was made. */
export interface PaperSource {
  readonly content: PaperContent
  readonly pdf?: PaperBytes
}

/** The part of the register that the spool works on. Implemented in `worker/store`. */
export interface SpoolStore {
  /** Every job that has not ended, oldest first, whatever the kind of its paper. */
  unfinished(): Result<readonly SpoolJob[]>
  /** Faults: receipt.unknown, receipt.altered (the stored bytes no longer have the stored hash). */
  source(paperId: PaperId): Result<PaperSource>
  /** Keeps the one PDF of a paper. Refused when it has one already: paper is made once. */
  keepPdf(paperId: PaperId, pdf: PaperBytes & { readonly template: string }): Result<void>
  /**
   * Writes one change and its journal link in one transaction; returns what the agent is to see. Faults:
   * receipt.unknown (no such job, or it has ended), those of `Tx`.
   */
  record(printJobId: PrintJobId, change: SpoolChange): Result<PrintJobView>
  /** The printer chosen for each medium, where one is. */
  chosenPrinters(): Result<Readonly<Partial<Record<Medium, string>>>>
}

/**
 * Makes papers of every kind: facts and kind in, PDF out. It knows no register and no printer; `papers/press.ts` makes
 * one of the press.
 */
export interface PaperRenderer {
  /** Faults: receipt.glyphMissing, and those of `Press.make`. */
  make(content: PaperContent): Promise<Result<MadePaper>>
  /** A copy of a stored PDF with its DUPLICATA mark; the stored bytes themselves stay as they are. */
  mark(pdf: Uint8Array, mark: DuplicataMark): Promise<Result<Uint8Array>>
}
