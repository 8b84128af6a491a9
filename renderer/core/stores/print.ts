import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { PrintJobView } from '#shared/contract/features/papers.ts'
import type { PrinterInfo } from '#shared/ports/printer.ts'

/** Print jobs of the day, newest first, and the printer that takes them. */
export const usePrint = defineStore('print', () => {
  const jobs = shallowRef<readonly PrintJobView[]>([])
  const printers = shallowRef<readonly PrinterInfo[]>([])
  const chosen = shallowRef<string>()
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
    /**
     * The printer that takes the papers, by the rule of the spool: the chosen one and no other, else the only one, else
     * the system's.
     */
    printer: computed(() => {
      if (chosen.value !== undefined) return printers.value.find((one) => one.name === chosen.value)
      return printers.value.length === 1 ? printers.value[0] : printers.value.find((one) => one.isDefault)
    }),
    /** Jobs that need somebody: stopped, failed, or of unknown outcome. */
    troubled: computed(() =>
      jobs.value.filter((job) => job.state === 'blocked' || job.state === 'failed' || job.state === 'unknown'),
    ),
  }
})
