import words from '#shared/domain/mail/mailSheets.json' with { type: 'json' }
import { mailSheets } from '#shared/domain/mail/mailSheets.ts'
import { checkLetters } from '#shared/domain/papers/glyphs.ts'
import type { MailPress } from '#shared/ports/mailPress.ts'
import { labelSheets } from './draw/labelSheet.ts'
import { separatorSheets } from './draw/separatorSheet.ts'
import type { PdfEngine } from './engine/engine.ts'
import { fillForm, isForm } from './model/fillForm.ts'
import { fillModel } from './model/fillModel.ts'
import { cutPages } from './scan/cutPages.ts'
import { bindImages } from './scan/image.ts'
import { pagePicture } from './scan/pagePicture.ts'
import { splitPages } from './scan/splitPages.ts'
import { stampPdf } from './stamp/stampPdf.ts'

/** What the press does for the mail office, with the engine of its papers. */
export function openMailPress(engine: PdfEngine): MailPress {
  const template = mailSheets.parse(words)
  const { fonts } = engine
  return {
    separators: async (sheets) => {
      const checked = checkLetters(sheets.map(({ service = '' }) => service).join(''), fonts.has)
      return checked.ok ? engine.print([separatorSheets(sheets, template.words, fonts)]) : checked
    },
    labels: async (sheet) => {
      const checked = checkLetters(sheet.office.fr + sheet.office.ar, fonts.has)
      return checked.ok ? engine.print([labelSheets(sheet, template.words, fonts)]) : checked
    },
    split: (stack, office, signal) => splitPages(stack, { office, signal }),
    cut: cutPages,
    bind: bindImages,
    picture: pagePicture,
    // Parsers of tables come with the first one: few offices ever take a register over.
    table: async (file, page) => (await import('./table/readTable.ts')).readTable(file, page),
    fillModel: async (order) =>
      isForm(order.model) ? fillForm(order.model, order, engine) : fillModel(order.model, order.texts, order.code),
    stamp: (pdf, facts) => stampPdf(pdf, facts, template.words, engine),
  }
}
