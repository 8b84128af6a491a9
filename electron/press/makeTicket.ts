import words from '#shared/domain/hall/ticketPaper.json' with { type: 'json' }
import { ticketDocument, ticketTemplate, type TicketFacts } from '#shared/domain/hall/ticketPaper.ts'
import { checkLetters, wordsIn } from '#shared/domain/papers/glyphs.ts'
import type { RollDots, TicketRaster } from '#shared/ports/ticketPrinter.ts'
import { ok, type Result } from '#shared/result.ts'
import { rollDpi, ticketSheet } from './draw/ticketSheet.ts'
import { ticketRasterOf } from './draw/ticketRaster.ts'
import type { PdfEngine } from './engine/engine.ts'
import { openPages } from './scan/pages.ts'

/** Tickets of the hall, by the engine of the papers: the same letters, the same order of words. */
export function openTickets(engine: PdfEngine): (facts: TicketFacts, dots: RollDots) => Promise<Result<TicketRaster>> {
  const template = ticketTemplate.parse(words)
  const { fonts } = engine
  return async (facts, dots) => {
    const document = ticketDocument(facts, template.words)
    const checked = checkLetters(wordsIn(document), fonts.has)
    if (!checked.ok) return checked
    const pdf = await engine.print([ticketSheet(document, dots, fonts)])
    if (!pdf.ok) return pdf
    const pages = await openPages(pdf.value)
    if (!pages.ok) return pages
    try {
      const picture = await pages.value.picture(1, rollDpi)
      return picture.ok ? ok(ticketRasterOf(picture.value, dots)) : picture
    } finally {
      pages.value.close()
    }
  }
}
