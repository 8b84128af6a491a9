import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { PrintJobView } from '#shared/contract/features/papers.ts'
import type { Medium, PrinterInfo } from '#shared/ports/printer.ts'

/** As many as the register lists at once: a window that is open for weeks keeps no more. */
const mostJobs = 500

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
  /** In its place by time: the list is in order already. */
  const put = (job: PrintJobView): void => {
    const others = jobs.value.filter((one) => one.printJobId !== job.printJobId)
    const older = others.findIndex((one) => one.queuedAt < job.queuedAt)
    jobs.value = others.toSpliced(older === -1 ? others.length : older, 0, job).slice(0, mostJobs)
  }
  /** All that the register lists; what it does not list any more is not kept here either. */
  const fill = (listed: readonly PrintJobView[]): void => {
    jobs.value = listed.toSorted((one, other) => other.queuedAt.localeCompare(one.queuedAt)).slice(0, mostJobs)
  }
  return {
    jobs,
    printers,
    chosen,
    put,
    fill,
    printerOf,
    /** The printer that takes receipts. */
    printer: computed(() => printerOf('a5')),
    /** Jobs that need somebody: stopped, failed, or of unknown outcome. */
    troubled: computed(() =>
      jobs.value.filter((job) => job.state === 'blocked' || job.state === 'failed' || job.state === 'unknown'),
    ),
  }
})
