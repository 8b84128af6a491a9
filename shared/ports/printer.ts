import { z } from 'zod'
import type { Result } from '../result.ts'

/** What a paper comes out on: sheets, rolls by their width, labels. Each has a printer of its own at a counter. */
export const medium = z.enum(['a4', 'a5', '80mm', '58mm', 'label'])
export type Medium = z.infer<typeof medium>

/** `reasons` are IPP printer-state-reasons without their severity suffix (RFC 8011 §5.4.12). */
export const printerInfo = z.strictObject({
  name: z.string(),
  description: z.string(),
  state: z.enum(['idle', 'processing', 'stopped', 'unreachable']),
  reasons: z.array(z.string()),
  papers: z.array(medium),
  isDefault: z.boolean(),
})
export type PrinterInfo = z.infer<typeof printerInfo>

/** The four states an agent sees, plus `unknown` (look at the printer). */
export const paperOutcome = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('sent') }),
  z.strictObject({ state: z.literal('printing') }),
  z.strictObject({ state: z.literal('blocked'), reasons: z.array(z.string()), message: z.string() }),
  z.strictObject({ state: z.literal('printed') }),
  z.strictObject({ state: z.literal('failed'), reasons: z.array(z.string()), message: z.string() }),
  z.strictObject({ state: z.literal('unknown'), message: z.string() }),
])
export type PaperOutcome = z.infer<typeof paperOutcome>

/** Office printers. Submitted is not printed: ask `outcome` until it ends. */
export interface Printer {
  list: () => Promise<Result<readonly PrinterInfo[]>>
  /**
   * Faults after which nothing was sent: printer.noService, printer.none, printer.unreachable, printer.refused,
   * printer.closed, printer.quota, printer.notAllowed, printer.media; `detail` has the printer's own words.
   * After any other (printer.noAnswer, devices.down) paper may come out: never submit again without asking.
   */
  submit(job: {
    printer: string
    title: string
    paper: Medium
    pdf: Uint8Array
  }): Promise<Result<{ spoolerJob: string }>>
  outcome(job: { printer: string; spoolerJob: string }): Promise<Result<PaperOutcome>>
}
