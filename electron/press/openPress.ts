import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { paperFacts, type PaperKind, type PaperOrder } from '#shared/domain/papers/kinds.ts'
import { checkLetters, wordsIn } from '#shared/domain/papers/glyphs.ts'
import { statementDocument, statementTemplate } from '#shared/domain/papers/statement.ts'
import { receiptDocument } from '#shared/domain/receipt/receiptDocument.ts'
import { receiptTemplate } from '#shared/domain/receipt/receiptTemplate.ts'
import { faultOf } from '#shared/fault.ts'
import type { Press } from '#shared/ports/press.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { closingPaddings, closingSheet } from './draw/closingSheet.ts'
import { densities, type Density } from './draw/density.ts'
import { markDuplicata } from './draw/duplicata.ts'
import { journalSheet } from './draw/journalReport.ts'
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
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(join(options.resourcesDir, 'templates', `${name}.json`), 'utf8'))
  const receipts = receiptTemplate.parse(read('receipt'))
  const statements = statementTemplate.parse(read('statement'))
  type Sheets = readonly [Sheet, ...Sheet[]]

  const sheetsOf = (order: PaperOrder): Result<Sheets> => {
    const { seal = '' } = order
    switch (order.kind) {
      case 'receipt': {
        const document = receiptDocument(order.facts, receipts)
        const checked = checkLetters(wordsIn(document), fonts.has)
        if (!checked.ok) return checked
        const sheet = (density: Density) => receiptSheet(document, seal, receipts, density, fonts)
        const [roomy, ...tighter] = densities
        return ok([sheet(roomy), ...tighter.map(sheet)])
      }
      case 'statement': {
        const document = statementDocument(order.facts, statements)
        const checked = checkLetters(wordsIn(document), fonts.has)
        return checked.ok ? ok([statementSheet(document, fonts)]) : checked
      }
      case 'closing': {
        const sheet = (padding: number) => closingSheet(order.facts, seal, fonts, padding)
        const [roomy, ...tighter] = closingPaddings
        return ok([sheet(roomy), ...tighter.map(sheet)])
      }
      case 'journal':
        return ok([journalSheet(order.facts, fonts)])
    }
  }

  return {
    near: () => undefined,
    make: async (order) => {
      const sheets = sheetsOf(order)
      return sheets.ok ? ok(await engine.print(sheets.value)) : sheets
    },
    duplicata: (pdf, mark) => markDuplicata(pdf, mark, receipts, engine),
  }
}

/** What came over a wire, as an order for a paper. Fault: call.invalid. */
export function orderOf(asked: {
  readonly kind: string
  readonly facts: unknown
  readonly seal?: string | undefined
}): Result<PaperOrder> {
  if (!Object.hasOwn(paperFacts, asked.kind)) return err(faultOf('call.invalid', 'kind'))
  const kind = asked.kind as PaperKind // one of the keys, as was just seen
  const facts = paperFacts[kind].safeParse(asked.facts)
  if (!facts.success)
    return err(
      faultOf('call.invalid', facts.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; ')),
    )
  // Kind and facts belong together: the facts were parsed by the schema of this very kind.
  return ok({ kind, facts: facts.data, ...(asked.seal !== undefined && { seal: asked.seal }) } as PaperOrder)
}
