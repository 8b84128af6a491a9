import { printerFor } from '#shared/domain/papers/printerFor.ts'
import { faultOf } from '#shared/fault.ts'
import type { PrinterInfo } from '#shared/ports/printer.ts'
import { err, ok, type Result } from '#shared/result.ts'

/**
 * Where a paper is printed: on the printer chosen for its medium at this counter, else on the default one, else on the
 * only one.
 * Never on another than the chosen one: paper that comes out in the next office is lost. Fault: printer.none.
 */
export function choosePrinter(printers: readonly PrinterInfo[], chosen: string | undefined): Result<PrinterInfo> {
  const found = printerFor(printers, chosen)
  if (found !== undefined) return ok(found)
  return err(
    chosen === undefined
      ? faultOf('printer.none', printers.length === 0 ? 'no printer' : 'none is chosen')
      : faultOf('printer.none', undefined, { printer: chosen }),
  )
}
