import type { Printer } from '#shared/ports/printer.ts'
import { ok } from '#shared/result.ts'

/**
 * Real printers and the simulated one behind one port; where no real printer can be had, the simulated one is the
 * default.
 * A job belongs to whom its printer's name belongs.
 */
export function mergePrinters(real: Printer, simulated: { readonly printer: Printer; readonly name: string }): Printer {
  const of = (name: string): Printer => (name === simulated.name ? simulated.printer : real)
  return {
    list: async () => {
      const [found, own] = await Promise.all([real.list(), simulated.printer.list()])
      if (!own.ok) return found
      const others = found.ok ? found.value : []
      return ok([
        ...others,
        ...own.value.map((one) => ({ ...one, isDefault: !others.some((other) => other.isDefault) })),
      ])
    },
    submit: (job) => of(job.printer).submit(job),
    outcome: (job) => of(job.printer).outcome(job),
  }
}
