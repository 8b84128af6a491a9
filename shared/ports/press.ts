import { z } from 'zod'
import type { PaperOrder } from '../contract/papers.ts'
import type { TicketFacts } from '../domain/hall/ticketPaper.ts'
import type { LetterReading, LetterToRead } from '../domain/mail/proposal/reading.ts'
import type { Result } from '../result.ts'
import type { MailPress } from './mailPress.ts'
import type { RollDots, TicketRaster } from './ticketPrinter.ts'

/** What is said of a reprint. */
export const duplicataFacts = z.strictObject({
  /** 1 for the first reprint. */
  copy: z.int().positive(),
  /** UTC instant of the reprint. */
  at: z.iso.datetime(),
  /** IANA zone of the office. */
  zone: z.string(),
  /** Legal time in force, in minutes ahead of UTC, where it is known: it wins over the runtime's tables. */
  utcOffsetMinutes: z.int().optional(),
  /** The agent who reprints, as printed. */
  by: z.string(),
  reason: z.string(),
})
export type DuplicataFacts = z.infer<typeof duplicataFacts>

/** A paper as a whole PDF file, and the version of the wording that it was made with. */
export interface MadePaper {
  readonly pdf: Uint8Array
  readonly template: string
}

/**
 * Makes papers: facts and the template of their kind become a PDF. It lives in this process (command line) or in one of
 * its own (the window), knows no register, and keeps nothing between two papers.
 */
export interface Press extends MailPress {
  /** A paper will soon be wanted: an engine that is not there yet is fetched meanwhile. */
  near(): void
  /**
   * The paper as a whole PDF file. Not byte-stable (it holds the moment it was made): make it once and keep it.
   * Faults: receipt.glyphMissing, call.invalid (facts that are not of this kind), internal (the layout failed), press.down
   * (the process ended or took too long; asked again it may succeed).
   */
  make(order: PaperOrder): Promise<Result<MadePaper>>
  /**
   * A copy of a stored paper with the mark of a reprint on it; the bytes that were given stay as they are.
   * Faults: receipt.glyphMissing, receipt.altered (no whole PDF any more), internal, press.down.
   */
  duplicata(pdf: Uint8Array, mark: DuplicataFacts): Promise<Result<Uint8Array>>
  /**
   * A ticket of the hall as the dots of its roll; nothing of it is kept. Faults: receipt.glyphMissing, paper.misfit,
   * internal, press.down.
   * @param dots across the roll
   */
  ticket(facts: TicketFacts, dots: RollDots): Promise<Result<TicketRaster>>
  /**
   * Reads a letter that came in and proposes what is registered of it; its text comes beside, for the search. It holds up
   * no paper: pictures are read in a thread of its own, one letter at a time, a second or two a page.
   * Faults: scan.locked, scan.torn, scan.tooLarge, letter.unreadable, letter.ocrFailed, call.cancelled, press.down.
   */
  propose(letter: LetterToRead, signal: AbortSignal): Promise<Result<LetterReading>>
}
