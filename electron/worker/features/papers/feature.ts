import type { calls } from '#shared/contract/features/papers/calls.ts'
import { ok } from '#shared/result.ts'
import { chosenPrinters } from '../../papers/rows/printers.ts'
import { recentPrintJobs } from '../../papers/rows/printJobs.ts'
import { choosePrinter } from '../../papers/choosePrinter.ts'
import { printAgain } from '../../papers/printAgain.ts'
import { resolvePrint } from '../../papers/resolvePrint.ts'
import { listLimit } from '../../core/handlerContext.ts'
import type { Feature } from '../../core/feature.ts'

/** What became of the paper, and which printer it goes to. */
export const papers: Feature<typeof calls> = {
  calls: (answering) => {
    const { parts, context, spool } = answering
    return {
      'print.list': () => ok({ jobs: [...recentPrintJobs(context.store.db, listLimit)] }),
      'print.resolve': (input, { who }) => {
        const resolved = resolvePrint(context, who, input)
        if (resolved.ok) answering.printChanged(resolved.value)
        return resolved
      },
      'print.again': (input, { who }) => {
        const queued = printAgain(context, who, input)
        if (!queued.ok) return queued
        answering.printChanged(queued.value)
        spool.wake()
        return queued
      },
      'printer.list': async () => {
        const printers = await parts.devices.printer.list()
        if (!printers.ok) return printers
        return ok({ printers: [...printers.value], chosen: chosenPrinters(context.store.db) })
      },
      'printer.choose': async (choice, { who }) => {
        const chosen = await choosePrinter(context, who, parts.devices.printer, choice)
        if (chosen.ok) spool.wake()
        return chosen
      },
    }
  },
}
