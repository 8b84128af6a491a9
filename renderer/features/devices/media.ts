import { printerFor } from '#shared/domain/papers/printerFor.ts'
import { medium, type Medium, type PrinterInfo } from '#shared/ports/printer.ts'

/** What the papers of a counter come out on, whatever printers there are; the most used first. */
export const usedMedia: readonly Medium[] = ['a5', 'a4']

export type Chosen = Readonly<Partial<Record<Medium, string>>>
/** Of a medium: the printer that takes it, and what keeps it from doing so. */
export interface Standing {
  readonly printer: PrinterInfo | undefined
  /**
   * `open`: none was chosen and none is the usual one; `gone`: the chosen one is not there; `otherPaper`: it takes other
   * paper.
   */
  readonly obstacle?: 'open' | 'gone' | 'otherPaper'
}

/** Those that papers use, and every other that some printer has or that one was chosen for. */
export const mediaOf = (printers: readonly PrinterInfo[], chosen: Chosen): readonly Medium[] => [
  ...usedMedia,
  ...medium.options.filter(
    (one) =>
      !usedMedia.includes(one) && (chosen[one] !== undefined || printers.some(({ papers }) => papers.includes(one))),
  ),
]

/** Who prints on a medium, by the rule of the spool. */
export function standingOf(printers: readonly PrinterInfo[], chosen: Chosen, of: Medium): Standing {
  const printer = printerFor(printers, chosen[of])
  if (printer === undefined) return { printer, obstacle: chosen[of] === undefined ? 'open' : 'gone' }
  return printer.papers.includes(of) ? { printer } : { printer, obstacle: 'otherPaper' }
}

/** The printers that may be chosen for a medium: those that have it, and the one that has the task now. */
export const candidatesFor = (printers: readonly PrinterInfo[], chosen: Chosen, of: Medium): readonly PrinterInfo[] =>
  printers.filter(({ name, papers }) => papers.includes(of) || name === chosen[of])
