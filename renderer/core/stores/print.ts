import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { PrintJobView } from '#shared/contract/features/papers/calls.ts'
import { printerFor } from '#shared/domain/papers/printerFor.ts'
import type { Medium, PrinterInfo } from '#shared/ports/printer.ts'

/** Jobs that are over and stay in the window; the worker lists as many. */
const kept = 500

/** Print jobs of the day, newest first, and the printer that takes them. */
export const usePrint = defineStore('print', () => {
  const jobs = shallowRef<readonly PrintJobView[]>([])
  const printers = shallowRef<readonly PrinterInfo[]>([])
  const chosen = shallowRef<Readonly<Partial<Record<Medium, string>>>>({})
  /** The printer that takes a medium, by the rule of the spool. */
  const printerOf = (medium: Medium): PrinterInfo | undefined => printerFor(printers.value, chosen.value[medium])
  const newestFirst = (one: PrintJobView, other: PrintJobView): number => other.queuedAt.localeCompare(one.queuedAt)
  /** A window that stays open for weeks keeps what a new one would read: the newest, and what is not over. */
  const put = (job: PrintJobView): void => {
    jobs.value = [job, ...jobs.value.filter((one) => one.printJobId !== job.printJobId)]
      .sort(newestFirst)
      .filter((one, index) => index < kept || one.endedAt === undefined)
  }
  return {
    jobs,
    printers,
    chosen,
    put,
    /** All at once, as the worker lists them; what was known before is forgotten. */
    fill: (all: readonly PrintJobView[]): void => {
      jobs.value = [...all].sort(newestFirst)
    },
    printerOf,
    /** The printer that takes receipts. */
    printer: computed(() => printerOf('a5')),
    /** Jobs that need somebody: stopped, failed, or of unknown outcome. */
    troubled: computed(() =>
      jobs.value.filter((job) => job.state === 'blocked' || job.state === 'failed' || job.state === 'unknown'),
    ),
  }
})
