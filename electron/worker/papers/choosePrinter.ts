import { faultOf } from '#shared/fault.ts'
import type { Printer } from '#shared/ports/printer.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { saveSetting } from '../store/settings.ts'
import { printerSetting } from './rows/spoolStore.ts'
import type { Context, SignedIn } from '../core/context.ts'

/**
 * Names the printer of this counter, one that is there. Faults: printer.none (no such printer), those of the printer's
 * service and of `Tx`.
 */
export async function choosePrinter(
  context: Context,
  who: SignedIn,
  printer: Printer,
  name: string,
): Promise<Result<Record<string, never>>> {
  const known = await printer.list()
  if (!known.ok) return known
  if (!known.value.some((one) => one.name === name)) return err(faultOf('printer.none', undefined, { printer: name }))
  return context.store.tx((db) => {
    saveSetting(db, printerSetting, name)
    context.journal.append(db, { actor: who.code, kind: 'printer.chosen', subject: name, body: {} })
    return ok({})
  })
}
