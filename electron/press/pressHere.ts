import type { Press } from '#shared/ports/press.ts'
import { readOnce } from '#shared/readOnce.ts'

/**
 * The press in this very process, for the command line and for tests: its engine, which takes longer to load than all
 * the rest together, is read when the first paper is near.
 */
export function pressHere(options: { readonly resourcesDir: string }): Press {
  const press = readOnce(async () => (await import('./openPress.ts')).openPress(options))
  return {
    near: () => {
      // A failure is heard by whoever wants the paper.
      press().catch(() => undefined)
    },
    make: async (order) => (await press()).make(order),
    propose: async (letter, signal) => (await press()).propose(letter, signal),
    duplicata: async (pdf, mark) => (await press()).duplicata(pdf, mark),
    ticket: async (facts, dots) => (await press()).ticket(facts, dots),
    separators: async (sheets) => (await press()).separators(sheets),
    labels: async (sheet) => (await press()).labels(sheet),
    // Neither fonts nor templates are needed for a stack.
    split: async (stack, office, signal) =>
      (await import('./scan/splitPages.ts')).splitPages(stack, { office, signal }),
    cut: async (stack, pages) => (await import('./scan/cutPages.ts')).cutPages(stack, pages),
    bind: async (pages) => (await import('./scan/image.ts')).bindImages(pages),
    picture: async (file, page) => (await import('./scan/pagePicture.ts')).pagePicture(file, page),
    table: async (file, page) => (await import('./table/readTable.ts')).readTable(file, page),
    stamp: async (pdf, facts) => (await press()).stamp(pdf, facts),
    fillModel: async (order) => (await press()).fillModel(order),
  }
}
