import { z } from 'zod'
import type { calls } from '#shared/contract/features/papers.ts'
import { ok } from '#shared/result.ts'
import { signedIn } from '../../core/session.ts'
import { recentClosingJobs } from '../../papers/rows/closingJobs.ts'
import { recentPrintJobs } from '../../papers/rows/printJobs.ts'
import { findSetting } from '../../store/settings.ts'
import { printerSetting } from '../../papers/rows/spoolStore.ts'
import { choosePrinter } from '../../papers/choosePrinter.ts'
import { resolvePrint } from '../../papers/resolvePrint.ts'
import { listLimit } from '../../core/handlerContext.ts'
import type { Feature } from '../../core/feature.ts'

/** What became of the paper, and which printer it goes to. */
export const papers: Feature<typeof calls> = {
  calls: (answering) => {
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
  },
}
