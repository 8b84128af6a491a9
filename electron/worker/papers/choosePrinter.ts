import { faultOf } from '#shared/fault.ts'
import type { Medium, Printer } from '#shared/ports/printer.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { savePrinter } from './rows/printers.ts'
import type { Context, SignedIn } from '../core/context.ts'

/**
 * Names the printer of one medium at this counter, one that is there. Faults: printer.none (no such printer), those of
 * the printer's service and of `Tx`.
 */
export async function choosePrinter(
  context: Context,
  who: SignedIn,
  printer: Printer,
  choice: { readonly medium: Medium; readonly printer: string },
): Promise<Result<Record<string, never>>> {
  const known = await printer.list()
  if (!known.ok) return known
  if (!known.value.some((one) => one.name === choice.printer))
    return err(faultOf('printer.none', undefined, { printer: choice.printer }))
  return context.store.tx((db) => {
    savePrinter(db, choice.medium, choice.printer)
    context.journal.append(db, {
      actor: who.code,
      kind: 'printer.chosen',
      subject: choice.printer,
      body: { medium: choice.medium },
    })
    return ok({})
  })
}
