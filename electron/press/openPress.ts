import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { closingDocument } from '#shared/domain/papers/closing.ts'
import { journalDocument } from '#shared/domain/papers/journal.ts'
import { paperKinds, type PaperKind, type PaperOrder } from '#shared/domain/papers/kinds.ts'
import { checkLetters, wordsIn } from '#shared/domain/papers/glyphs.ts'
import { statementDocument } from '#shared/domain/papers/statement.ts'
import { receiptDocument } from '#shared/domain/receipt/receiptDocument.ts'
import { faultOf } from '#shared/fault.ts'
import type { Press } from '#shared/ports/press.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { densities, type Density } from './draw/density.ts'
import { markDuplicata } from './draw/duplicata.ts'
import { officeSheets } from './draw/officeSheet.ts'
import { receiptSheet } from './draw/receiptSheet.ts'
import { statementSheet } from './draw/statementSheet.ts'
import { openEngine, type Sheet } from './engine/engine.ts'
import { openFonts } from './engine/fonts.ts'

/**
 * Opens the press in this process: reads fonts and templates once, which takes about a third of a second.
 * @param options.resourcesDir folder with `fonts/` and `templates/`
 */
export function openPress(options: { readonly resourcesDir: string }): Press {
  const fonts = openFonts(options.resourcesDir)
  const engine = openEngine(fonts)
  const template = <K extends PaperKind>(kind: K): z.infer<(typeof paperKinds)[K]['template']> =>
    // Parsed by the schema of this very kind.
    paperKinds[kind].template.parse(
      JSON.parse(readFileSync(join(options.resourcesDir, 'templates', `${kind}.json`), 'utf8')),
    ) as z.infer<(typeof paperKinds)[K]['template']>
  const templates = {
    receipt: template('receipt'),
    statement: template('statement'),
    closing: template('closing'),
    journal: template('journal'),
  }
  type Sheets = readonly [Sheet, ...Sheet[]]
  /** Draws a document of which every letter can be printed. */
  const whole = <D>(document: D, draw: (document: D) => Sheets): Result<Sheets> => {
    const checked = checkLetters(wordsIn(document), fonts.has)
    return checked.ok ? ok(draw(document)) : checked
  }

  const sheetsOf = (order: PaperOrder): Result<Sheets> => {
    const { seal = '' } = order
    switch (order.kind) {
      case 'receipt':
        return whole(receiptDocument(order.facts, templates.receipt), (document) => {
          const sheet = (density: Density) => receiptSheet(document, seal, templates.receipt, density, fonts)
          const [roomy, ...tighter] = densities
          return [sheet(roomy), ...tighter.map(sheet)]
        })
      case 'statement':
        return whole(statementDocument(order.facts, templates.statement), (document) => [
          statementSheet(document, fonts),
        ])
      case 'closing':
        return whole(closingDocument(order.facts, templates.closing), (document) => officeSheets(document, seal, fonts))
      case 'journal':
        return whole(journalDocument(order.facts, templates.journal), (document) => officeSheets(document, seal, fonts))
    }
  }

  return {
    near: () => undefined,
    make: async (order) => {
      const sheets = sheetsOf(order)
      return sheets.ok ? ok(await engine.print(sheets.value)) : sheets
    },
    duplicata: (pdf, mark) => markDuplicata(pdf, mark, templates.receipt, engine),
  }
}

/** What came over a wire, as an order for a paper. Fault: call.invalid. */
export function orderOf(asked: {
  readonly kind: string
  readonly facts: unknown
  readonly seal?: string | undefined
}): Result<PaperOrder> {
  if (!Object.hasOwn(paperKinds, asked.kind)) return err(faultOf('call.invalid', 'kind'))
  const kind = asked.kind as PaperKind // one of the keys, as was just seen
  const facts = paperKinds[kind].facts.safeParse(asked.facts)
  if (!facts.success)
    return err(
      faultOf('call.invalid', facts.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; ')),
    )
  // Kind and facts belong together: the facts were parsed by the schema of this very kind.
  return ok({ kind, facts: facts.data, ...(asked.seal !== undefined && { seal: asked.seal }) } as PaperOrder)
}
