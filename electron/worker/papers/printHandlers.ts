import { z } from 'zod'
import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { ok } from '#shared/result.ts'
import { signedIn } from '../core/session.ts'
import { recentClosingJobs } from './rows/closingJobs.ts'
import { recentPrintJobs } from './rows/printJobs.ts'
import { findSetting } from '../store/settings.ts'
import { printerSetting } from './rows/spoolStore.ts'
import { choosePrinter } from './choosePrinter.ts'
import { resolvePrint } from './resolvePrint.ts'
import { listLimit, type Answering } from '../core/handlerContext.ts'

type PrintCall = 'print.list' | 'print.resolve' | 'printer.list' | 'printer.choose'

/** What became of the paper, and which printer it goes to. */
export function printHandlers(answering: Answering): Pick<Handlers<Calls>, PrintCall> {
  const { parts, context, session } = answering
  return {
    'print.list': () =>
      ok({
        jobs: [...recentClosingJobs(context.store.db, 50), ...recentPrintJobs(context.store.db, listLimit)].sort(
          (one, other) => (one.queuedAt < other.queuedAt ? 1 : -1),
        ),
      }),
    'print.resolve': (input) => {
      const resolved = resolvePrint(context, signedIn(session), input)
      if (resolved.ok) answering.printChanged(resolved.value)
      return resolved
    },
    'printer.list': async () => {
      const printers = await parts.devices.printer.list()
      if (!printers.ok) return printers
      const chosen = findSetting(context.store.db, printerSetting, z.string())
      return ok({ printers: [...printers.value], ...(chosen === undefined ? {} : { chosen }) })
    },
    'printer.choose': async ({ printer }) => {
      const chosen = await choosePrinter(context, signedIn(session), parts.devices.printer, printer)
      if (chosen.ok) answering.committed()
      return chosen
    },
  }
}
