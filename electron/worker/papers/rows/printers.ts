import { z } from 'zod'
import { medium, type Medium } from '#shared/ports/printer.ts'
import { findSetting, saveSetting } from '../../store/settings.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'

/** The key of the setting that names this counter's printer of each medium. */
const printersSetting = 'printers'

/** The printer of each medium, by the name that its service gives it; a medium without one goes to the usual one. */
export type ChosenPrinters = Readonly<Partial<Record<Medium, string>>>

/** The printers that were chosen for this counter. */
export const chosenPrinters = (db: ReadHandle): ChosenPrinters =>
  findSetting(db, printersSetting, z.partialRecord(medium, z.string())) ?? {}

/** Names the printer of one medium; the others stay. */
export function savePrinter(db: WriteHandle, of: Medium, printer: string): void {
  saveSetting(db, printersSetting, { ...chosenPrinters(db), [of]: printer })
}
