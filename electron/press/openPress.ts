import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { entryOf, paperKinds, type FactsOf, type PaperKind, type PaperOrder } from '#shared/contract/papers.ts'
import { checkLetters, wordsIn } from '#shared/domain/papers/glyphs.ts'
import { statementDocument, statementTemplate } from '#shared/domain/papers/statementDocument.ts'
import statementWords from '#shared/domain/papers/statement.json' with { type: 'json' }
import { receiptDocument } from '#shared/domain/receipt/receiptDocument.ts'
import { receiptTemplate } from '#shared/domain/receipt/receiptTemplate.ts'
import receiptWords from '#shared/domain/receipt/receipt.json' with { type: 'json' }
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
import { openOcr } from './letter/ocr/openOcr.ts'
import { readLetter } from './letter/readLetter.ts'
import { openMailPress } from './mailPress.ts'
import { openTickets } from './makeTicket.ts'

/** The settings that a paper may be set in, from the roomiest to the tightest. */
type Sheets = readonly [Sheet, ...Sheet[]]
interface Drawn {
  readonly sheets: Sheets
  /** The version of the wording. */
  readonly template: string
}
/** The kinds that are no paper of blocks: each has a sheet of its own here. */
type OwnSheet = {
  readonly [K in PaperKind]: (typeof paperKinds)[K] extends { readonly drawing: unknown } ? never : K
}[PaperKind]

/** In the tree the thread is its source; built into the command line it is the program of the press, a folder above. */
const ocrThread = (): string => {
  const source = join(import.meta.dirname, 'letter', 'ocr', 'thread.ts')
  return existsSync(source) ? source : join(import.meta.dirname, '..', 'ocr.js')
}

/**
 * Opens the press in this process: reads fonts once, which takes about a third of a second.
 * @param options.resourcesDir folder with `fonts/`
 * @param options.ocrThread the program that reads pictures, where it is not beside its source
 */
export function openPress(options: { readonly resourcesDir: string; readonly ocrThread?: string }): Press {
  const fonts = openFonts(options.resourcesDir)
  const engine = openEngine(fonts)
  const ocr = openOcr(options.ocrThread ?? ocrThread())
  const receipt = receiptTemplate.parse(receiptWords)
  const statement = statementTemplate.parse(statementWords)
  /** Draws a document of which every letter can be printed. */
  const whole = <D>(document: D, template: string, draw: (document: D) => Sheets): Result<Drawn> => {
    const checked = checkLetters(wordsIn(document), fonts.has)
    return checked.ok ? ok({ template, sheets: draw(document) }) : checked
  }
  const own: { readonly [K in OwnSheet]: (facts: FactsOf<K>, seal: string) => Result<Drawn> } = {
    receipt: (facts, seal) =>
      whole(receiptDocument(facts, receipt), receipt.version, (document) => {
        const sheet = (density: Density) => receiptSheet(document, seal, receipt, density, fonts)
        const [roomy, ...tighter] = densities
        return [sheet(roomy), ...tighter.map(sheet)]
      }),
    statement: (facts) =>
      whole(statementDocument(facts, statement), statement.version, (document) => [statementSheet(document, fonts)]),
  }
  const drawnOf = async (order: PaperOrder): Promise<Result<Drawn>> => {
    const { kind, facts, seal = '' } = order
    if (kind === 'receipt') return own.receipt(facts, seal)
    if (kind === 'statement') return own.statement(facts, seal)
    const drawing = await entryOf(kind).drawing?.()
    if (drawing === undefined) return err(faultOf('internal', `no sheet for ${kind}`))
    return whole(drawing.document(facts), drawing.version, (document) => officeSheets(document, seal, fonts))
  }

  return {
    near: () => undefined,
    make: async (order) => {
      const drawn = await drawnOf(order)
      if (!drawn.ok) return drawn
      const printed = await engine.print(drawn.value.sheets)
      return printed.ok ? ok({ pdf: printed.value, template: drawn.value.template }) : printed
    },
    propose: (letter, signal) => readLetter(letter, ocr, signal),
    duplicata: (pdf, mark) => markDuplicata(pdf, mark, receipt, engine),
    ticket: openTickets(engine),
    ...openMailPress(engine),
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
