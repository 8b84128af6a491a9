import { faultOf } from '#shared/fault.ts'
import type { PrinterInfo } from '#shared/ports/printer.ts'
import { err, ok, type Result } from '#shared/result.ts'

/**
 * Where a paper is printed: on the printer chosen for its medium at this counter, else on the default one, else on the
 * only one.
 * Never on another than the chosen one: paper that comes out in the next office is lost. Fault: printer.none.
 */
export function choosePrinter(printers: readonly PrinterInfo[], chosen: string | undefined): Result<PrinterInfo> {
  if (chosen !== undefined) {
    const found = printers.find((one) => one.name === chosen)
    return found === undefined ? err(faultOf('printer.none', undefined, { printer: chosen })) : ok(found)
  }
  const only = printers.length === 1 ? printers[0] : printers.find((one) => one.isDefault)
  return only === undefined
    ? err(faultOf('printer.none', printers.length === 0 ? 'no printer' : 'none is chosen'))
    : ok(only)
}
