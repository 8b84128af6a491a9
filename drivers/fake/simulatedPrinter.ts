import { mkdir, rename, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { faultOf } from '#shared/fault.ts'
import type { Printer } from '#shared/ports/printer.ts'
import { err, ok } from '#shared/result.ts'

/** How the simulated printer is called in every list. */
export const simulatedPrinterName = 'Imprimante simulée'

/**
 * The printer of the training mode and of machines without CUPS: its paper is a PDF in a folder, made on first use.
 * Faults: printer.none (another printer was asked for), printer.refused (the folder takes nothing).
 */
export function openSimulatedPrinter(options: { readonly folder: string }): Printer {
  const { folder } = options
  const exists = (name: string): Promise<boolean> =>
    stat(join(folder, name)).then(
      (found) => found.isFile(),
      () => false,
    )

  const freeName = async (title: string): Promise<string> => {
    const stem =
      title
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, '')
        .slice(0, 100) || 'page'
    for (let n = 1; ; n += 1) {
      const name = n === 1 ? `${stem}.pdf` : `${stem} (${n}).pdf`
      if (!(await exists(name))) return name
    }
  }

  return {
    list: () =>
      Promise.resolve(
        ok([
          {
            name: simulatedPrinterName,
            description: 'SPECIMEN',
            state: 'idle',
            reasons: [],
            papers: ['a4', 'a5'],
            isDefault: false,
          },
        ]),
      ),

    submit: async (job) => {
      if (job.printer !== simulatedPrinterName) return err(faultOf('printer.none', undefined, { printer: job.printer }))
      try {
        await mkdir(folder, { recursive: true })
        const name = await freeName(job.title)
        await writeFile(join(folder, `.${name}`), job.pdf)
        await rename(join(folder, `.${name}`), join(folder, name))
        return ok({ spoolerJob: name })
      } catch (cause) {
        return err(
          faultOf(
            'printer.refused',
            cause instanceof Error && 'code' in cause ? String(cause.code) : 'the folder takes nothing',
          ),
        )
      }
    },

    outcome: async (job) =>
      basename(job.spoolerJob) === job.spoolerJob && (await exists(job.spoolerJob))
        ? ok({ state: 'printed' })
        : ok({ state: 'unknown', message: 'the page is no longer in its folder' }),
  }
}
