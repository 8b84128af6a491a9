import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { PrintJobView } from '#shared/contract/features/papers.ts'
import type { Medium, PrinterInfo } from '#shared/ports/printer.ts'

/** Print jobs of the day, newest first, and the printer that takes them. */
export const usePrint = defineStore('print', () => {
  const jobs = shallowRef<readonly PrintJobView[]>([])
  const printers = shallowRef<readonly PrinterInfo[]>([])
  const chosen = shallowRef<Readonly<Partial<Record<Medium, string>>>>({})
  /**
   * The printer that takes a medium, by the rule of the spool: the one chosen for it and no other, else the only one,
   * else the system's.
   */
  const printerOf = (medium: Medium): PrinterInfo | undefined => {
    const name = chosen.value[medium]
    if (name !== undefined) return printers.value.find((one) => one.name === name)
    return printers.value.length === 1 ? printers.value[0] : printers.value.find((one) => one.isDefault)
  }
  const put = (job: PrintJobView): void => {
    jobs.value = [job, ...jobs.value.filter((one) => one.printJobId !== job.printJobId)].sort((one, other) =>
      other.queuedAt.localeCompare(one.queuedAt),
    )
  }
  return {
    jobs,
    printers,
    chosen,
    put,
    printerOf,
    /** The printer that takes receipts. */
    printer: computed(() => printerOf('a5')),
    /** Jobs that need somebody: stopped, failed, or of unknown outcome. */
    troubled: computed(() =>
      jobs.value.filter((job) => job.state === 'blocked' || job.state === 'failed' || job.state === 'unknown'),
    ),
  }
})
