import { PDFDocument } from '@cantoo/pdf-lib'
import type { Content } from 'pdfmake'
import { checkLetters } from '#shared/domain/papers/glyphs.ts'
import type { ReceiptTemplate } from '#shared/domain/receipt/receiptTemplate.ts'
import { type Bilingual, datum, formatInstant, isolated } from '#shared/domain/receipt/receiptText.ts'
import { fill } from '#shared/text/fill.ts'
import { faultOf } from '#shared/fault.ts'
import type { DuplicataFacts } from '#shared/ports/press.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Fonts } from '../engine/fonts.ts'
import { a5, margins, markSpace, reprintTop } from './page.ts'
import type { PdfEngine, Sheet } from '../engine/engine.ts'
import { colours, bilingualLine, textNode } from '../engine/setting.ts'

/**
 * Lays the words of a reprint over a copy of a stored receipt, on every page: the mark in the letterhead of the first,
 * who, when and why at the foot. They are set by the engine of the receipt, so Arabic is right.
 * Faults: `receipt.glyphMissing`, `receipt.altered` when the stored file is no PDF any more.
 */
export async function markDuplicata(
  pdf: Uint8Array,
  reprint: DuplicataFacts,
  template: ReceiptTemplate,
  engine: PdfEngine,
): Promise<Result<Uint8Array>> {
  const printable = checkLetters(isolated(reprint.by) + isolated(reprint.reason), engine.fonts.has)
  if (!printable.ok) return printable
  const original = await opened(pdf)
  if (original === undefined) return err(faultOf('receipt.altered', 'not a PDF'))
  const pages = original.getPages()
  const words = await overlay(reprint, template, pages.length, engine)
  if (!words.ok) return words
  const overlays = await original.embedPdf(
    words.value,
    pages.map((_, at) => at),
  )
  pages.forEach((page, at) => {
    const drawn = overlays[at]
    if (drawn !== undefined) page.drawPage(drawn, { x: 0, y: 0 })
  })
  return ok(await original.save())
}

/** A torn file may load, and only then turn out to have no pages. */
async function opened(pdf: Uint8Array): Promise<PDFDocument | undefined> {
  try {
    const document = await PDFDocument.load(pdf, { updateMetadata: false })
    return document.getPageCount() > 0 ? document : undefined
  } catch {
    return undefined
  }
}

function overlay(
  reprint: DuplicataFacts,
  template: ReceiptTemplate,
  pages: number,
  engine: PdfEngine,
): Promise<Result<Uint8Array>> {
  const { fonts } = engine
  const { mark, line, reason } = template.words.duplicata
  const { day, time } = formatInstant(reprint.at, reprint.zone, reprint.utcOffsetMinutes)
  const values = { copy: datum(String(reprint.copy)), day: datum(day), time: datum(time), by: isolated(reprint.by) }
  const filled = (phrase: Bilingual): Bilingual => ({ fr: fill(phrase.fr, values), ar: fill(phrase.ar, values) })
  const marked = filled(mark)
  const said = filled(line)
  const why = `${reason.fr} · ${isolated(reason.ar)} : ${isolated(reprint.reason)}`
  const sheet = (size: number): Sheet => {
    const foot = (): Content => ({
      stack: [
        bilingualLine(said, { size, colour: colours.alert }, fonts),
        textNode(why, { side: 'fr', size, colour: colours.alert }, fonts),
      ],
    })
    return {
      title: marked.fr,
      size: a5,
      pages,
      margins: { left: margins.left, right: margins.right, top: reprintTop, bottom: unprinted },
      content: Array.from({ length: pages }, (_, at): Content => ({
        stack: [foot()],
        ...(at === 0 ? {} : { pageBreak: 'before' as const }),
      })),
      header: (page) => (page === 1 ? markBox(marked, fonts) : null),
    }
  }
  const [usual, ...smaller] = sizes
  return engine.print([sheet(usual), ...smaller.map(sheet)])
}

/** Long words take smaller letters, not more paper. */
const sizes = [5.2, 4.3, 3.4, 2.7, 2.1] as const
/** Printers leave the last points of a page blank. */
const unprinted = 12

/** `DUPLICATA n — نظير n` in a box, in the blank of the letterhead. */
function markBox(marked: Bilingual, fonts: Fonts): Content {
  const words = `${marked.fr} — ${isolated(marked.ar)}`
  const around = (a5.width - markSpace.width) / 2
  return {
    margin: [around, markSpace.top, around, 0],
    table: {
      widths: ['*'],
      body: [[textNode(words, { side: 'fr', size: 8, bold: true, alignment: 'center', colour: colours.alert }, fonts)]],
    },
    layout: {
      hLineWidth: () => 1.2,
      vLineWidth: () => 1.2,
      hLineColor: () => colours.alert,
      vLineColor: () => colours.alert,
      paddingTop: () => 0.5,
      paddingBottom: () => 1.5,
    },
  }
}
