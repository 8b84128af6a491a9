import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { receiptDocument } from '#shared/domain/receipt/receiptDocument.ts'
import { receiptTemplate } from '#shared/domain/receipt/receiptTemplate.ts'
import type { OfficeSeed } from '#shared/domain/office.ts'
import type { ClosingStatement } from '../papers/spool/ports.ts'
import { closingPaddings, closingSheet } from './closingSheet.ts'
import { densities, type Density } from './density.ts'
import { journalReport, type JournalReport } from './journalReport.ts'
import { markDuplicata, type DuplicataFacts } from './duplicata.ts'
import { checkText, openFonts } from './fonts.ts'
import { receiptSheet } from './receiptSheet.ts'
import { openPress } from './render.ts'
import { statementSheet } from './statementSheet.ts'
import { statementDocument, statementTemplate, type StatementFacts } from '#shared/domain/papers/statement.ts'
import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import { ok, type Result } from '#shared/result.ts'

/** Makes the papers of the counter. All bytes are whole PDF files, A5 for citizens and A4 for the office. */
export interface Paper {
  /**
   * Fault `receipt.glyphMissing` when a letter of the facts is in none of our fonts: asked before anything is
   * committed.
   */
  checkGlyphs(facts: ReceiptFacts): Result<void>
  /**
   * The receipt with its seal as QR. Not byte-stable: made once, stored, and printed from storage.
   * @param seal text of `signSeal`
   */
  receipt(facts: ReceiptFacts, seal: string): Promise<Result<Uint8Array>>
  /** The statement of a closing, A4, with its code; it proves the journal that it was printed from. */
  closing(statement: ClosingStatement, office: OfficeSeed): Promise<Result<Uint8Array>>
  /** An auditor's report on the journal, A4. */
  journal(report: JournalReport, office: OfficeSeed): Promise<Result<Uint8Array>>
  /** A copy of a stored receipt with the mark of a reprint on it; the original bytes stay as they are. */
  duplicata(pdf: Uint8Array, reprint: DuplicataFacts): Promise<Result<Uint8Array>>
  /** The answer to a person who asked about his data. Fault: receipt.glyphMissing. */
  statement(facts: StatementFacts): Promise<Result<Uint8Array>>
}

/**
 * Opens the paper maker: reads fonts and wording once.
 * @param options.resourcesDir folder with `fonts/` and `templates/receipt.json`
 */
export function openPaper(options: { readonly resourcesDir: string }): Paper {
  const fonts = openFonts(options.resourcesDir)
  const press = openPress(fonts)
  const template = receiptTemplate.parse(
    JSON.parse(readFileSync(join(options.resourcesDir, 'templates', 'receipt.json'), 'utf8')),
  )
  const statements = statementTemplate.parse(
    JSON.parse(readFileSync(join(options.resourcesDir, 'templates', 'statement.json'), 'utf8')),
  )
  const checkGlyphs: Paper['checkGlyphs'] = (facts) => checkText(wordsOf(receiptDocument(facts, template)), fonts)
  return {
    checkGlyphs,
    receipt: async (facts, seal) => {
      const checked = checkGlyphs(facts)
      if (!checked.ok) return checked
      const document = receiptDocument(facts, template)
      const [roomy, ...tighter] = densities
      const sheet = (density: Density) => receiptSheet(document, seal, template, density, fonts)
      return ok(await press.print([sheet(roomy), ...tighter.map(sheet)]))
    },
    statement: async (facts) => {
      const document = statementDocument(facts, statements)
      const checked = checkText(wordsOf(document), fonts)
      return checked.ok ? ok(await press.print([statementSheet(document, fonts)])) : checked
    },
    closing: async (statement, office) => {
      const [roomy, ...tighter] = closingPaddings
      const sheet = (padding: number) => closingSheet(statement, office, fonts, padding)
      return ok(await press.print([sheet(roomy), ...tighter.map(sheet)]))
    },
    journal: async (report, office) => ok(await press.print([journalReport(report, office, fonts)])),
    duplicata: (pdf, reprint) => markDuplicata(pdf, reprint, template, press),
  }
}

/** All that a document says, as one text. */
function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? Object.values(value).map(wordsOf).join(' ') : ''
}
