import type { PrinterInfo } from '../../ports/printer.ts'

/**
 * The printer that takes a paper: the chosen one and no other, else the only one, else the system's default. Nothing
 * where that cannot be told: paper that comes out in the next office is lost.
 */
export const printerFor = (printers: readonly PrinterInfo[], chosen: string | undefined): PrinterInfo | undefined =>
  chosen !== undefined
    ? printers.find((one) => one.name === chosen)
    : printers.length === 1
      ? printers[0]
      : printers.find((one) => one.isDefault)
